/** Style sheets, however the page brings and changes them. */
import type { Feature } from "../feature";
import { picture } from "../feature";

const GREEN = "rgb(0, 128, 0)";
const RED = "rgb(255, 0, 0)";

export const css: readonly Feature[] = [
  {
    id: "css-link-same",
    what: "same-origin stylesheet",
    html: `<link rel=stylesheet href=/a.css><p>x</p>`,
    files: { "/a.css": "p{color:green;font-size:30px}" },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
    pixels: 0,
  },
  {
    id: "css-link-nocors",
    what: "cross-origin stylesheet without CORS",
    html: `<script>document.write('<link rel=stylesheet href="'+location.origin.replace("127.0.0.1","localhost")+'/a.css">')</script><p>x</p>`,
    files: { "/a.css": "p{color:green;font-size:30px}" },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
    pixels: 0,
    miss: "its rules can be read by no script of the page; the agent's browser must not fetch it, and our server does not fetch for browsers",
  },
  {
    id: "css-link-late",
    what: "stylesheet link added later",
    html: `<p>x</p>`,
    files: { "/late.css": "p{color:green}" },
    act: ({ document }) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = "/late.css";
      document.head.append(link);
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-import",
    what: "@import chain",
    html: `<style>@import "/one.css"; p{margin-left:11px}</style><p>x</p>`,
    files: { "/one.css": `@import "/two.css"; p{color:green}`, "/two.css": "p{padding-left:5px;color:red}" },
    look: ({ css }) => [css("p", "color"), css("p", "padding-left"), css("p", "margin-left")],
    is: [GREEN, "5px", "11px"],
  },
  {
    id: "css-styletext",
    what: "<style> text replaced",
    html: `<style>p{color:red}</style><p>x</p>`,
    act: ({ get }) => {
      get("style").textContent = "p{color:green}";
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-insertrule",
    what: "insertRule + deleteRule",
    html: `<style>p{color:red}q{color:red}</style><p>x</p><q>y</q>`,
    act: ({ document }) => {
      const sheet = document.styleSheets[0];
      sheet?.insertRule("p{color:green}", 1);
      sheet?.deleteRule(2);
    },
    look: ({ css }) => [css("p", "color"), css("q", "color")],
    is: [GREEN, "rgb(0, 0, 0)"],
  },
  {
    id: "css-insert-media",
    what: "rule inserted inside @media",
    html: `<style>@media all{p{margin:0}}</style><p>x</p>`,
    act: ({ rule }) => {
      rule().insertRule("p{color:green}", 1);
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-insert-layer",
    what: "rule inserted inside @layer",
    html: `<style>@layer a{p{margin:0}}</style><p>x</p>`,
    act: ({ rule }) => {
      rule().insertRule("p{color:green}", 0);
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-ruledecl",
    what: "rule.style.setProperty",
    html: `<style>p{color:red}</style><p>x</p>`,
    act: ({ rule }) => rule().style.setProperty("color", "green"),
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-ruledecl-attr",
    what: "rule.style.background = (no setProperty)",
    html: `<style>p{color:red}</style><p>x</p>`,
    act: ({ rule }) => {
      rule().style.backgroundColor = "green";
    },
    look: ({ css }) => css("p", "background-color"),
    is: GREEN,
  },
  {
    id: "css-selectortext",
    what: "rule.selectorText changed",
    html: `<style>q{color:green}</style><p>x</p>`,
    act: ({ rule }) => {
      rule().selectorText = "p";
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-disabled",
    what: "sheet.disabled = true",
    html: `<style>p{color:green}</style><style>p{color:red}</style><p>x</p>`,
    act: ({ document }) => {
      const sheet = document.styleSheets[1];
      if (sheet) sheet.disabled = true;
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-mediachange",
    what: "sheet.media changed",
    html: `<style>p{color:green}</style><style>p{color:red}</style><p>x</p>`,
    act: ({ document }) => {
      const sheet = document.styleSheets[1];
      if (sheet) sheet.media.mediaText = "print";
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "adopted-doc",
    what: "document.adoptedStyleSheets at start",
    html: `<style>p{color:red}</style><p>x</p><script>const s=new CSSStyleSheet;s.replaceSync("p{color:green}");document.adoptedStyleSheets=[s]</script>`,
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "adopted-late",
    what: "adoptedStyleSheets assigned, then replaceSync, later",
    html: `<p>x</p>`,
    act: async ({ document }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("p{color:red}");
      document.adoptedStyleSheets = [sheet];
      await new Promise((resolve) => setTimeout(resolve, 150));
      sheet.replaceSync("p{color:green}");
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "adopted-push",
    what: "adoptedStyleSheets.push()",
    html: `<p>x</p>`,
    act: ({ document }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("p{color:green}");
      document.adoptedStyleSheets.push(sheet);
    },
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "adopted-shadow",
    what: "shadowRoot.adoptedStyleSheets",
    html: `<div id=h></div><script>const s=new CSSStyleSheet;s.replaceSync("p{color:green}");const r=h.attachShadow({mode:"open"});r.innerHTML="<p>x</p>";r.adoptedStyleSheets=[s]</script>`,
    look: ({ css }) => css("#h >>> p", "color"),
    is: GREEN,
  },
  {
    id: "adopted-race",
    what: "host serialized first, shadow + adopted sheet attached in a later task (PostHog #4435)",
    html: `<x-card></x-card>`,
    act: async ({ get }) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const root = get("x-card").attachShadow({ mode: "open" });
      root.innerHTML = "<p>x</p>";
      await new Promise((resolve) => setTimeout(resolve, 0));
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("p{color:green}");
      root.adoptedStyleSheets = [sheet];
    },
    look: ({ css }) => css("x-card >>> p", "color"),
    is: GREEN,
  },
  {
    id: "css-modern",
    what: "nesting, :has(), @layer, @container, color-mix, @property",
    html: `<style>@layer a,b;@layer b{p{color:green}}@layer a{p{color:red}}
      main{& p{margin-left:3px}&:has(q) p{padding-left:4px}}
      div{container-type:inline-size;width:300px}@container (width>200px){b{color:green}}
      @property --n{syntax:"<length>";inherits:false;initial-value:9px}i{margin-left:var(--n);background:color-mix(in srgb,red 50%,blue)}</style>
      <main><p>x</p><q>y</q></main><div><b>z</b></div><i>i</i>`,
    look: ({ css }) => [
      css("p", "color"),
      css("p", "margin-left"),
      css("p", "padding-left"),
      css("b", "color"),
      css("i", "margin-left"),
      css("i", "background-color"),
    ],
    is: [GREEN, "3px", "4px", GREEN, "9px", "color(srgb 0.5 0 0.5)"],
    pixels: 0,
  },
  {
    id: "css-bgrel",
    what: "relative url() in linked sheet",
    html: `<link rel=stylesheet href=/css/a.css><p>x</p>`,
    files: { "/css/a.css": "p{height:20px;background:url(../red.svg)}", "/red.svg": picture("red") },
    look: ({ css }) => css("p", "background-image").endsWith(`/red.svg")`),
    is: true,
    pixels: 0,
  },
  {
    id: "css-hover",
    what: ":hover rule shown on replica (inlined sheet)",
    html: `<style>p:hover{color:green}p:hover q{color:red}</style><p>x <q>y</q></p>`,
    drive: (page) => page.mouse.move(30, 25),
    look: ({ css }) => [css("p", "color"), css("q", "color")],
    is: [GREEN, RED],
    pixels: 0,
  },
  {
    id: "css-hover-adopted",
    what: ":hover rule in a constructed sheet",
    html: `<p>x</p><script>const s=new CSSStyleSheet;s.replaceSync("p:hover{color:green}");document.adoptedStyleSheets=[s]</script>`,
    drive: (page) => page.mouse.move(30, 25),
    look: ({ css }) => css("p", "color"),
    is: GREEN,
  },
  {
    id: "css-focus",
    what: ":focus style",
    html: `<style>input:focus{background:green}label:focus-within{color:red}</style><label>l <input></label>`,
    drive: (page) => page.focus("input"),
    look: ({ css }) => [css("input", "background-color"), css("label", "color")],
    is: [GREEN, RED],
    pixels: 0,
  },
  {
    id: "css-active",
    what: ":active style while pressed",
    html: `<style>button:active{background:green}</style><button>press</button>`,
    drive: async (page) => {
      await page.mouse.move(20, 18);
      await page.mouse.down();
    },
    look: ({ css }) => css("button", "background-color"),
    is: GREEN,
    also: (desk) => desk.shopPage.mouse.up(),
  },
  {
    id: "css-anim",
    what: "CSS animation end state (forwards)",
    html: `<style>@keyframes k{to{margin-left:50px}}p.go{animation:k .1s forwards}</style><p>x</p>`,
    act: ({ get }) => get("p").classList.add("go"),
    look: ({ css }) => css("p", "margin-left"),
    is: "50px",
  },
  {
    id: "waapi",
    what: "element.animate() with fill: forwards",
    html: `<p>x</p>`,
    act: ({ get }) => {
      get("p").animate([{ marginLeft: "0px" }, { marginLeft: "50px" }], { duration: 100, fill: "forwards" });
    },
    look: ({ css }) => css("p", "margin-left"),
    is: "50px",
  },
  {
    id: "webfont",
    what: "webfont same-origin (no CORS header)",
    html: `<style>@font-face{font-family:Shop;src:url(/font.woff2)}p{font:40px Shop,monospace;display:inline-block}</style><p>Millimetres</p>`,
    look: ({ document }) => document.fonts.check("40px Shop"),
    is: true,
    pixels: 0,
  },
  {
    id: "fontface-api",
    what: "document.fonts.add(new FontFace())",
    html: `<style>p{font:40px Shop,monospace;display:inline-block}</style><p>Millimetres</p>`,
    act: async ({ document }) => {
      const face = new FontFace("Shop", "url(/font.woff2)");
      document.fonts.add(await face.load());
    },
    look: ({ document }) => document.fonts.check("40px Shop"),
    is: true,
    pixels: 0,
    miss: "a FontFace made by script tells nobody where its font came from, and capture does not replace the page's constructor",
  },
  {
    id: "pseudo-content",
    what: "::before content attr() and counters",
    html: `<style>ol{counter-reset:n}li{counter-increment:n;list-style:none}li::before{content:counter(n) "." attr(title)}</style><ol><li title=a>x<li title=b>y</ol>`,
    look: ({ css }) => css("li", "content", "::before"),
    is: `counter(n) ".a"`,
    pixels: 0,
  },
];
