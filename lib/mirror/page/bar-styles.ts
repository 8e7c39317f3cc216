/** Styles of our closed shadow root in the shop's page. The page's own rules do not reach in; `:host` wins by importance. */
export const barStyles = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:0!important;width:auto!important;
height:auto!important;max-width:none!important;max-height:none!important;margin:0!important;padding:0!important;border:0!important;
background:none!important;overflow:visible!important;pointer-events:none!important;z-index:2147483646!important;
color-scheme:light!important;direction:ltr!important}
@media print{:host{display:none!important}}
*{box-sizing:border-box;margin:0}
.edge{position:fixed;inset:0;border:3px solid var(--accent);transition:border-color .16s}
.edge.still{border-style:dashed;border-color:#8a8580}
.bar{position:fixed;bottom:max(16px,env(safe-area-inset-bottom));left:50%;transform:translateX(-50%);display:flex;align-items:center;
gap:4px;max-width:calc(100vw - 16px);padding:4px 4px 4px 16px;border-radius:28px;background:#1d1b19;color:#fff;
font:500 14px/1.35 system-ui,-apple-system,"Segoe UI",sans-serif;box-shadow:0 1px 2px #0003,0 8px 28px #0000004d;pointer-events:auto}
.words{display:flex;align-items:center;gap:8px;min-width:0;padding-right:8px}
.dot{flex:none;width:10px;height:10px;border-radius:50%;background:#5fd38d;box-shadow:0 0 0 3px #5fd38d40}
.still .dot{background:#b8b2ab;box-shadow:none}
.acting .dot{background:#ffb454;box-shadow:0 0 0 3px #ffb45440}
.text{overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2}
button{all:unset;box-sizing:border-box;display:inline-flex;align-items:center;justify-content:center;gap:6px;min-width:44px;
min-height:44px;padding:0 14px;border-radius:24px;cursor:pointer;color:#fff;font:inherit;white-space:nowrap;
-webkit-tap-highlight-color:transparent}
button:hover{background:#ffffff1f}
button:focus-visible{outline:2px solid #fff;outline-offset:-2px}
button[hidden]{display:none}
button[aria-pressed=true],button[aria-checked=true]{background:#ffffff33}
button.stop{background:#fff;color:#1d1b19;font-weight:600}
button.stop:hover{background:#ece8e3}
button.take{background:#ffb454;color:#1d1b19;font-weight:600}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.hint{position:fixed;left:50%;bottom:calc(88px + env(safe-area-inset-bottom));transform:translateX(-50%);max-width:calc(100vw - 32px);
padding:10px 16px;border-radius:20px;background:#1d1b19;color:#fff;font:500 14px/1.4 system-ui,sans-serif;box-shadow:0 8px 28px #0000004d}
.hint[hidden]{display:none}
.out{position:fixed;border:2px dashed #1d1b19;outline:2px dashed #fff;outline-offset:-4px;border-radius:4px;
background:repeating-linear-gradient(45deg,#1d1b1914 0 6px,#1d1b1929 6px 12px)}
.who{position:fixed;left:0;top:0;width:0;height:0;transition:transform .08s linear}
.who i{position:absolute;left:-2px;top:-2px;width:18px;height:18px;background:var(--c);clip-path:polygon(0 0,100% 42%,46% 54%,30% 100%)}
.who b{position:absolute;left:14px;top:14px;padding:2px 8px;border-radius:10px;background:var(--c);color:#fff;
font:600 12px/1.4 system-ui,sans-serif;white-space:nowrap}
.ring{position:fixed;width:44px;height:44px;margin:-22px 0 0 -22px;border:4px solid var(--c);border-radius:50%;
box-shadow:0 0 0 2px #fff,inset 0 0 0 2px #fff;animation:ring 1.2s ease-out forwards}
.frame{position:fixed;border:4px solid var(--c);border-radius:6px;box-shadow:0 0 0 2px #fff,inset 0 0 0 2px #fff}
@keyframes ring{70%{opacity:1}to{opacity:0;transform:scale(1.25)}}
.bar[hidden]{display:none}
.bar[data-tight]{gap:0;padding-left:12px}.bar[data-tight] .label{display:none}.bar[data-tight] button{padding:0 10px}
.bar[data-tight] .text{font-size:12px}
@media(max-width:480px){.bar[data-tight]{flex-wrap:wrap;justify-content:center;padding:8px 4px 4px}
.bar[data-tight] .words{flex:1 0 100%;justify-content:center;padding:0 8px}.hint{bottom:calc(104px + env(safe-area-inset-bottom))}}
@media(prefers-reduced-motion:reduce){.edge,.who{transition:none}@keyframes ring{to{opacity:0}}}
@media(forced-colors:active){.bar,.hint{border:1px solid}}`;
