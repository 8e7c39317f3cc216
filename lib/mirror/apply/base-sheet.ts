/**
 * What a browser draws by itself where states and links are real, and what must not move by itself. In the first layer: any
 * rule of the page is above it, none of its `!important` is.
 */
export const BASE_SHEET = `@layer vetrina{
*,::before,::after{scroll-behavior:auto!important;overflow-anchor:none!important;scroll-snap-type:none!important}
:where(a[data-vetrina-href]:not(svg *)){color:LinkText;text-decoration:underline}
:where([data-vetrina-focus-visible]){outline:auto 1px Highlight;outline:auto 1px -webkit-focus-ring-color}
:where([data-vetrina-dots]){background-image:radial-gradient(circle at 4px 50%,currentColor 2px,#0000 2.5px);background-size:8px 100%;background-clip:content-box}
video:not([controls])::-webkit-media-controls{display:none!important}
:where(canvas){display:inline-block;width:calc(var(--vetrina-width,300)*1px);aspect-ratio:var(--vetrina-width,300)/var(--vetrina-height,150)}
canvas{content:var(--vetrina-picture)!important}
vetrina-box{box-sizing:border-box!important;overflow:hidden!important;contain:layout paint;background:var(--vetrina-picture,repeating-linear-gradient(45deg,#8882 0 6px,#8884 0 12px)) 0 0/100% 100%!important}
vetrina-box::after{content:attr(data-vetrina-word);font:11px system-ui;color:#555}
}`;
