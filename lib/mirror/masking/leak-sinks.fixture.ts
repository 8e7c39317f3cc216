/**
 * A page with a secret of its own in every place where pages keep some. `never`: leaves in no setting. `listed`: may be seen
 * in default mode, and nowhere where everything is private until shown. `shown`: has to be seen in both.
 */

export interface Sink {
  readonly id: string;
  readonly level: "never" | "listed" | "shown";
  readonly secret: string;
  /** What stands in the page, `$` for the secret. */
  readonly html: string;
  /** Done after the first look; `$` for the secret. */
  readonly later: string;
  /** Whatever walks the page cannot get at it, so that even an open gate does not tell it. */
  readonly isOutOfReach: boolean;
}

type Row = readonly [id: string, html: string, later?: string];

/** Ten letters; no two secrets begin with the same three, or the memory of one would hide another by accident. */
const letters = (n: number): string => {
  let state = (n + 1) * 2_654_435_761;
  let word = "";
  const consonants = "bcdfghjklmnprstvwz";
  for (let k = 0; k < 10; k++) {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + k) >>> 0;
    word +=
      k < 3
        ? (consonants[[n % 18, Math.floor(n / 18) % 18, (n * 7) % 18][k] ?? 0] ?? "q")
        : (consonants[state % 18] ?? "q");
  }
  return word;
};

const NEVER: readonly Row[] = [
  ["password, typed", `<input type=password class=s1>`, `q(".s1").value="$"`],
  ["password, in the page", `<input type=password value="$">`],
  ["password, made visible", `<input type=password class=s2 value="$">`, `q(".s2").type="text"`],
  [
    "password, made visible in a shown part",
    `<div class=open><input type=password class=s3 value="$"></div>`,
    `q(".s3").type="text"`,
  ],
  [
    "password, copied to a new field",
    `<input type=password class=s4 value="$"><p class=s4p></p>`,
    `{const n=document.createElement("input");n.value=q(".s4").value;q(".s4p").append(n)}`,
  ],
  ["text, typed", `<input class=s5>`, `q(".s5").value="$"`],
  ["text, in the page", `<input value="$">`],
  ["text, set as attribute", `<input class=s6>`, `q(".s6").setAttribute("value","$")`],
  ["e-mail, typed", `<input type=email class=s7>`, `q(".s7").value="$"`],
  ["telephone", `<input type=tel value="$">`],
  ["search", `<input type=search value="$">`],
  ["address of the web", `<input type=url value="$">`],
  ["card number's field", `<input name=cardnumber value="$">`],
  ["card number's field, shown", `<div class=open><input name=cardNumber value="$"></div>`],
  ["security code, shown", `<div class=open><input id=cvc2 value="$"></div>`],
  ["IBAN, shown", `<div class=open><label>IBAN <input value="$"></label></div>`],
  ["Kartennummer, shown", `<div class=open><label for=kn>Kartennummer</label><input id=kn value="$"></div>`],
  ["numero di carta, shown", `<div class=open><input aria-label="Numero di carta" value="$"></div>`],
  ["contraseña, shown", `<div class=open><input placeholder="Contraseña" value="$"></div>`],
  ["mot de passe, shown", `<div class=open><label>Mot de passe<input value="$"></label></div>`],
  ["Kennwort, shown textarea", `<div class=open><textarea name=kennwort>$</textarea></div>`],
  ["one-time code, shown", `<div class=open><input autocomplete="section-a one-time-code" value="$"></div>`],
  ["holder by autocomplete, shown", `<div class=open><input autocomplete="cc-name" value="$"></div>`],
  [
    "new password by autocomplete, shown",
    `<div class=open><input autocomplete="new-password" value="$"></div>`,
  ],
  ["hidden", `<input type=hidden value="$">`],
  ["hidden, shown", `<div class=open><input type=hidden value="$"></div>`],
  ["hidden, set later", `<input type=hidden class=s8>`, `q(".s8").value="$"`],
  ["radio's value", `<input type=radio name=r1 value="$" checked>`],
  ["checkbox's value", `<input type=checkbox value="$" checked>`],
  ["option's value", `<select><option value="$">One</option></select>`],
  ["options in a masked part", `<div class=masked><select><option>$</option></select></div>`],
  ["datalist", `<input list=dl><datalist id=dl><option>$</option></datalist>`],
  ["textarea, typed", `<textarea class=s9></textarea>`, `q(".s9").value="$"`],
  ["textarea, at first", `<textarea>$</textarea>`],
  ["textarea, its text changed", `<textarea class=s10>a</textarea>`, `q(".s10").firstChild.data="$"`],
  ["editable, at first", `<div contenteditable>$</div>`],
  ["editable, typed", `<div contenteditable=plaintext-only class=s11></div>`, `q(".s11").append("$")`],
  ["editable in a masked part", `<div class=masked><div contenteditable>$</div></div>`],
  ["editable named secret, shown", `<div class=open><div contenteditable aria-label="PIN">$</div></div>`],
  ["text box made of a div", `<div role=textbox>$</div>`],
  ["field in an open shadow root", `<x-a data-shadow='<input value="$">'></x-a>`],
  ["field in a closed shadow root", `<x-a data-closed='<input value="$">'></x-a>`],
  ["field in a frame", `<iframe srcdoc='<input value="$">'></iframe>`],
  ["field never in the page", ``, `globalThis.loose=document.createElement("input");loose.value="$"`],
  ["date", `<input class=s12 name=when value="$">`],
  ["placeholder in a masked part", `<div class=masked><input placeholder="$"></div>`],
  ["title in a masked part", `<div class=masked><b title="$">x</b></div>`],
  ["alt in a masked part", `<div class=masked><img alt="$" src="/p.png"></div>`],
  ["aria-label in a masked part", `<div class=masked><b aria-label="$">x</b></div>`],
  ["link's title in a masked part", `<div class=masked><a href="/x/$">x</a></div>`],
  ["button in a masked part", `<div class=masked><input type=submit value="$"><button>$</button></div>`],
  ["data attribute", `<p data-customer="$">x</p>`],
  ["data attribute that a style selects", `<p data-state="$">x</p>`],
  ["attribute of a custom element", `<x-b customer="$"></x-b>`],
  ["link's query", `<a href="/a?mail=$">x</a>`],
  ["link's fragment", `<a href="/a#$">x</a>`],
  ["link's token", `<a href="/reset/$0a9b8c7d6e5f4a3b2c1d">x</a>`],
  ["mailto", `<a href="mailto:$@shop.example">x</a>`],
  ["tel", `<a href="tel:$">x</a>`],
  ["script link", `<a href="javascript:void('$')">x</a>`],
  ["ping", `<a href="/a" ping="/p?$" download="$.pdf">x</a>`],
  ["picture's query", `<img src="/p.png?t=$">`],
  ["picture's srcset", `<img srcset="/p.png?t=$ 1x, /p.png 2x">`],
  ["poster", `<video poster="/p.png?t=$"></video>`],
  ["video's address", `<video src="/v.mp4?t=$"><track src="/t?$"></video>`],
  ["form's action", `<form action="/send/$"><button formaction="/f?$">x</button></form>`],
  ["handler", `<b onclick="go('$')">x</b>`],
  ["frame's document", `<iframe srcdoc="<!-- $ --><p>x</p>"></iframe>`],
  ["frame of another origin", `<iframe src="http://localhost:9/?t=$"></iframe>`],
  ["object and embed", `<object data="/o?$"></object><embed src="/e?$">`],
  ["style attribute's address", `<p style="background:url('/p.png?t=$')">x</p>`],
  ["style attribute's address, escaped", `<p style="background:u\\72l(/p.png?t=$)">x</p>`],
  [
    "style attribute's custom property in a masked part",
    `<div class=masked><p style="--name:'$'">x</p></div>`,
  ],
  ["meta", `<meta name=customer content="$">`],
  ["comment", `<!-- $ -->`],
  ["noscript", `<noscript>$</noscript>`],
  ["template", `<template><p>$</p></template>`],
  ["script", `<script>globalThis.a1="$"</script>`],
  ["data for scripts", `<script type="application/json">{"a":"$"}</script>`],
  ["text, masked", `<p class=masked>$</p>`],
  ["text, marked", `<p data-vetrina-mirror=mask>$</p>`],
  ["text, marked with a word we do not know", `<p data-vetrina-mirror=masq>$</p>`],
  ["text, masked in a shown part", `<div class=open><p class=masked>$</p></div>`],
  ["text, shown in a masked part", `<div class=masked><p class=open>$</p></div>`],
  ["text, masked, changed", `<p class="masked s13">x</p>`, `q(".s13").firstChild.data="$"`],
  ["text, masked, added", `<div class="masked s14"></div>`, `q(".s14").innerHTML="<p>$</p>"`],
  [
    "text, mask added later",
    `<p class=s15>x</p>`,
    `q(".s15").dataset.vetrinaMirror="mask";q(".s15").textContent="$"`,
  ],
  ["text, slotted from a masked host", `<x-a class=masked data-shadow='<b>$</b><slot></slot>'></x-a>`],
  ["text, frame in a masked part", `<div class=masked><iframe srcdoc="<p>$</p>"></iframe></div>`],
  ["text, hidden", `<p class=gone>$</p>`],
  ["attributes, hidden", `<div class=gone><a href="/$" title="$" id="$" class="$">x</a></div>`],
  ["field, hidden", `<div class=gone><input value="$"></div>`],
  ["shadow root, hidden", `<x-a class=gone data-shadow='<b>$</b>'></x-a>`],
  ["drawing's text, masked", `<div class=masked><svg><title>$</title><text>$</text></svg></div>`],
  [
    "drawing's outside reference",
    `<svg><use href="/sprite.svg?t=$#a"></use><image href="/p.png?t=$"></image></svg>`,
  ],
  ["drawing's title", `<svg><title>$</title></svg>`],
  ["formula, masked", `<div class=masked><math><mtext>$</mtext></math></div>`],
  ["element we do not know", `<marquee2>x</marquee2><frameset2 title="$">$</frameset2>`],
  ["background in a sheet", `<style>.z1{background:url(/p.png?t=$)}</style>`],
  [
    "background in a rule added by script",
    `<style class=s16></style>`,
    `q(".s16").sheet.insertRule(".z2{background:url(/p.png?t=$)}")`,
  ],
  ["picture set in a sheet", `<style>.z3{background:image-set("/p.png?t=$" 1x)}</style>`],
  ["imported sheet", `<style>@import "/c.css?t=$";</style>`],
  ["comment in a sheet", `<style>/* $ */.z4{color:red}</style>`],
  [
    "constructed sheet's address",
    ``,
    `{const c=new CSSStyleSheet();c.replaceSync(".z5{background:url(/p.png?t=$)}");document.adoptedStyleSheets=[c]}`,
  ],
  [
    "echo in text",
    `<input class=s17><p class=s17p></p>`,
    `q(".s17").value="$";q(".s17p").textContent="Is $ right?"`,
  ],
  [
    "echo in text, cut in groups",
    `<input name=iban class=s18><p class=s18p></p>`,
    `q(".s18").value="$";q(".s18p").textContent="$".replace(/(.{4})/g,"$1 ")`,
  ],
  ["echo in an attribute", `<input class=s19 value="$"><b title="for $">x</b>`],
  ["echo in a class", `<input class=s20 value="$1"><b class="u-$1">x</b>`],
  ["echo in a link's path", `<input value="$"><a href="/u/$/x">x</a>`],
  ["echo above its field", `<b>$</b><input value="$">`],
  ["echo of what was typed before", `<input class=s21 value="$"><b>$</b>`, `q(".s21").value=""`],
  ["echo in a style's text", `<input class=s22 value="$ 1"><style>.z6::after{content:"$ 1"}</style>`],
  ["picture made in the page", `<img class=s23 src="data:image/svg+xml,<svg><text>$</text></svg>">`],
  ["background made in the page", `<p style="background:url('data:image/svg+xml,<text>$</text>')">x</p>`],
  [
    "browser's storage, cookie, console, history",
    ``,
    `localStorage.a="$";document.cookie="a=$";console.log("$");history.replaceState({a:"$"},"")`,
  ],
  ["query of the page's address", ``, `history.pushState(null,"",location.pathname+"?mail=$")`],
  ["fragment of the page's address", ``, `history.pushState(null,"",location.href.replace(/#.*/,"")+"#$")`],
];

const LISTED: readonly Row[] = [
  ["text", `<p>$</p>`],
  ["heading in a shadow root", `<x-a data-shadow='<h2>$</h2>'></x-a>`],
  ["text in a frame", `<iframe srcdoc="<p>$</p>"></iframe>`],
  ["button", `<button>$</button>`],
  ["submit's label", `<input type=submit value="$">`],
  ["option", `<select><option>$</option></select>`],
  ["output", `<output>$</output>`],
  ["title", `<b title="$">x</b>`],
  ["alt", `<img alt="$" src="/p.png">`],
  ["placeholder", `<input placeholder="$">`],
  ["placeholder of a textarea", `<textarea placeholder="$"></textarea>`],
  ["aria-label", `<nav aria-label="$"></nav>`],
  ["link's path", `<a href="/shoes/$">x</a>`],
  ["picture's path", `<img src="/shoes/$.png">`],
  ["drawing's text", `<svg><text>$</text></svg>`],
  ["content in a sheet", `<style>.z7::after{content:"$"}</style>`],
  ["custom property", `<style>.z8{--label:"$"}</style>`],
  ["unquoted custom property", `<style>.z9{--label:$}</style>`],
  ["title of the page", ``, `document.title="$"`],
];

const SHOWN: readonly Row[] = [
  ["text in a shown part", `<div class=open><p>$</p></div>`],
  ["text, marked as shown", `<p data-vetrina-mirror=show>$</p>`],
  ["field in a shown part", `<div class=open><input value="$"></div>`],
  ["textarea in a shown part", `<div class=open><textarea>$</textarea></div>`],
  ["shadow root of a shown host", `<x-a class=open data-shadow="<b>$</b>"></x-a>`],
  ["frame in a shown part", `<div class=open><iframe srcdoc="<p>$</p>"></iframe></div>`],
  ["picture in a shown part", `<div class=open><img src="/$.png" alt="$"></div>`],
  ["link in a shown part", `<div class=open><a href="/$">x</a></div>`],
  ["names of classes", `<p class="$">x</p>`],
  ["names of classes in sheets", `<style>.$ { color: red }</style>`],
  ["value that a sheet names", `<style>[data-size="$"]{color:red}</style><p data-size="$">x</p>`],
  ["path of the page's address", ``, `history.pushState(null,"","/$"+location.search+location.hash)`],
];

const OUT_OF_REACH = [
  "field in a closed shadow root",
  "field never in the page",
  "browser's storage, cookie, console, history",
];

const rows = [
  ...NEVER.map((row) => ({ level: "never" as const, row })),
  ...LISTED.map((row) => ({ level: "listed" as const, row })),
  ...SHOWN.map((row) => ({ level: "shown" as const, row })),
];

export const SINKS: readonly Sink[] = rows.map(({ level, row: [id, html, later = ""] }, n) => {
  const secret = letters(n);
  const fill = (text: string) =>
    text.replaceAll("$1 ", "\u0001").replaceAll("$", secret).replaceAll("\u0001", "$1 ");
  return { id, level, secret, html: fill(html), later: fill(later), isOutOfReach: OUT_OF_REACH.includes(id) };
});

/** Opens shadow roots; the page's own script, as on any page. */
const SCRIPT = `globalThis.q=(s)=>document.querySelector(s);
for(const host of document.querySelectorAll("x-a")){const open=host.dataset.shadow;
const root=host.attachShadow({mode:open===undefined?"closed":"open"});root.innerHTML=open??host.dataset.closed;
delete host.dataset.shadow;delete host.dataset.closed}`;

export const LEAK_PAGE = `<!doctype html><html><head><meta charset=utf-8><title>Shop</title>
<style>[data-state]{color:red}[data-state=open]{color:blue}</style></head><body>
${SINKS.map(({ id, html }) => (html ? `<section><!-- ${id.replace(/[^a-z ]/g, "")} -->${html}</section>` : "")).join("\n")}
<script>${SCRIPT}</script></body></html>`;

export const LATER = SINKS.map(({ later }) => later)
  .filter(Boolean)
  .join(";\n");

export const RULES = { mask: [".masked"], hide: [".gone"], show: [".open"] };
