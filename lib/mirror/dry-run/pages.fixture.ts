/** A customer's pages, with what an agent might see in them in letters that can be counted in a picture. */
const RED = "color:#f00;font:bold 40px sans-serif";

export const ACCOUNT = `<!doctype html><html lang=de><meta charset=utf-8><title>Konto</title><body style="background:#fff">
<p class=who style="${RED}">Annabella</p><p class=mail>annabella.rossi@example.de</p>
<section class=box><h2 style="${RED}">Rechnung</h2></section>
<a class=out href="/out">Abmelden</a><label>E-Mail <input name=email class=field></label>
<x-card></x-card><iframe class=inner srcdoc="<p class=street style='${RED}'>Rossi</p>"></iframe>
<script>document.querySelector("x-card").attachShadow({mode:"open"}).innerHTML='<p class=tel style="${RED}">Bella</p>'</script>`;

const frame = (style: string) =>
  `<iframe class=f style="${style}" srcdoc="<p class=street style='${RED}'>Rossi</p>"></iframe>`;
export const FRAMES = `<body style="background:#fff">${[
  "padding:40px",
  "border:20px solid #fff",
  "transform:scale(1.5)",
  "zoom:1.5",
]
  .map(frame)
  .join("<br style='line-height:300px'>")}`;
