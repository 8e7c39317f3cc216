/**
 * Styles of the shadow root. `!important` on :host wins over any `!important` of the page, because for important
 * rules the inner tree comes first; inside the shadow root the page's rules do not reach at all.
 */
const host = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:0 auto auto 0!important;
width:0!important;height:0!important;z-index:2147483647!important;direction:ltr!important;color-scheme:normal!important}
@media print{:host{display:none!important}}`;

const launcher = `
button{all:unset;box-sizing:border-box;position:fixed;bottom:max(20px,env(safe-area-inset-bottom));width:56px;height:56px;
border-radius:28px;background:#1d1b19;color:#fff;cursor:pointer;display:grid;place-items:center;
box-shadow:0 1px 2px #0003,0 6px 20px #0000003d;transition:transform .16s ease-out,background .16s;
-webkit-tap-highlight-color:transparent}
button:hover{background:#35312d;transform:translateY(-1px)}
button:active{transform:scale(.96)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1d4ed8}
.right{right:max(20px,env(safe-area-inset-right))}
.left{left:max(20px,env(safe-area-inset-left))}
.none:not(.loading),.ready{visibility:hidden}
svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-3px;right:-3px;min-width:20px;height:20px;box-sizing:border-box;padding:0 5px;border-radius:10px;
background:#c62828;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
b:empty{display:none}`;

const frame = `
iframe{all:unset;box-sizing:border-box;position:fixed;bottom:max(20px,env(safe-area-inset-bottom));width:380px;height:640px;
max-width:calc(100vw - 40px);max-height:calc(100vh - 40px);border-radius:16px;background:#fbfaf8;color-scheme:normal;
box-shadow:0 0 0 1px #00000014,0 2px 8px #0000001f,0 20px 60px #00000047;opacity:0;visibility:hidden;
transform:translateY(12px) scale(.98);transform-origin:100% 100%;transition:opacity .16s ease-out,transform .16s ease-out,
width .18s ease-out,height .18s ease-out,visibility 0s .16s}
iframe.left{transform-origin:0 100%}
iframe.panel{width:960px;height:680px}
iframe.open{opacity:1;visibility:visible;transform:none;transition-delay:0s}
.loading~iframe{bottom:92px;max-height:calc(100vh - 112px)}
@media(prefers-color-scheme:dark){iframe{background:#1b1a19}}
@media(max-width:639px){
iframe,iframe.panel,.loading~iframe{inset:var(--vt-top,0) 0 auto 0;width:100vw;height:var(--vt-height,100dvh);max-width:none;
max-height:none;border-radius:0;bottom:auto}
button.loading{z-index:1}}
@media(prefers-reduced-motion:reduce){button,iframe{transition:none}}`;

export const css = host + launcher + frame;
