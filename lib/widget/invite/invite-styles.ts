/** Of the line beside the launcher; it goes while the chat is open, and the launcher's own rules for buttons do not apply. */
export const css = `
.invite{position:fixed;bottom:calc(max(20px,env(safe-area-inset-bottom)) + 8px);display:flex;align-items:center;max-width:calc(100vw - 116px);
border-radius:20px;background:#fff;color:#1d1b19;box-shadow:0 0 0 1px #0000001a,0 6px 20px #00000026;
font:500 14px/20px system-ui,sans-serif;animation:in .2s ease-out}
.invite.right{right:calc(max(20px,env(safe-area-inset-right)) + 68px)}
.invite.left{left:calc(max(20px,env(safe-area-inset-left)) + 68px)}
.invite button{all:unset;box-sizing:border-box;cursor:pointer;padding:10px 4px 10px 16px;border-radius:20px;min-height:40px}
.invite button:hover{text-decoration:underline}
.invite button:focus-visible{outline:3px solid #1d4ed8;outline-offset:2px}
.invite .no{display:grid;place-items:center;flex:none;width:40px;height:40px;padding:0;font-size:20px;color:#57534a}
.loading~.invite,.ready~.invite{display:none}
@keyframes in{from{opacity:0;transform:translateY(6px)}}
@media(prefers-color-scheme:dark){.invite{background:#2a2826;color:#f6f4f1;box-shadow:0 0 0 1px #ffffff1f,0 6px 20px #0006}
.invite .no{color:#c9c4ba}}
@media(prefers-reduced-motion:reduce){.invite{animation:none}}`;
