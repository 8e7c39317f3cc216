/** The page's nodes: whatever scripts do to them. */
import type { Feature } from "../feature";

export const dom: readonly Feature[] = [
  {
    id: "text-initial",
    what: "initial text and attributes",
    html: `<p id=a class="x y" title=hint>Hello <b>you</b></p><img alt="A chair" width=10 height=10>`,
    look: ({ text, attribute }) => [text("#a"), attribute("#a", "title"), attribute("img", "alt")],
    is: ["Hello you", "hint", "A chair"],
    pixels: 0,
  },
  {
    id: "text-mutate",
    what: "characterData mutation",
    html: `<p>one</p>`,
    act: ({ get }) => {
      const text = get("p").firstChild;
      if (text) text.nodeValue = "two";
    },
    look: ({ text }) => text("p"),
    is: "two",
  },
  {
    id: "attr-class",
    what: "class attribute change restyles",
    html: `<style>.red{color:rgb(200,0,0)}</style><p>one</p>`,
    act: ({ get }) => get("p").classList.add("red"),
    look: ({ css }) => css("p", "color"),
    is: "rgb(200, 0, 0)",
    pixels: 0,
  },
  {
    id: "style-inline",
    what: "style.setProperty incl. custom property and !important",
    html: `<style>p{color:red!important;margin-left:var(--gap)}</style><p>one</p>`,
    act: ({ get }) => {
      const { style } = get("p");
      style.setProperty("--gap", "30px");
      style.setProperty("color", "rgb(0, 0, 200)", "important");
      style.setProperty("padding-top", "7px");
    },
    look: ({ css }) => [css("p", "margin-left"), css("p", "padding-top"), css("p", "color")],
    is: ["30px", "7px", "rgb(0, 0, 200)"],
  },
  {
    id: "reorder",
    what: "100 random moves of 50 nodes",
    html: `<ul></ul><script>for(let i=0;i<50;i++){const li=document.createElement("li");li.textContent=i;document.querySelector("ul").append(li)}</script>`,
    act: ({ get }) => {
      let seed = 7;
      const next = () => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return seed % 50;
      };
      const list = get("ul");
      for (let move = 0; move < 100; move++) {
        const item = list.children[next()];
        if (item) list.insertBefore(item, list.children[next()] ?? null);
      }
      document.title = [...list.children].map((item) => item.textContent).join();
      list.title = document.title;
    },
    look: ({ document, attribute }) =>
      [...document.querySelectorAll("li")].map((item) => item.textContent).join() ===
      attribute("ul", "title"),
    is: true,
  },
  {
    id: "big-insert",
    what: "innerHTML of 2,000 nodes",
    html: `<div id=d></div>`,
    act: ({ get }) => {
      get("#d").innerHTML = Array.from({ length: 1000 }, (_, at) => `<i>n${at} </i>`).join("");
    },
    look: ({ document, text }) => [document.querySelectorAll("i").length, text("i:last-child")],
    is: [1000, "n999 "],
    pixels: 0,
  },
  {
    id: "detach-reattach",
    what: "node detached, changed while detached, re-attached",
    html: `<div id=a><p>old</p></div><div id=b></div>`,
    act: async ({ get }) => {
      const p = get("p");
      p.remove();
      await new Promise((resolve) => setTimeout(resolve, 120));
      p.textContent = "new";
      p.className = "moved";
      get("#b").append(p);
    },
    look: ({ get }) => [get("#a").innerHTML, get("#b").innerHTML],
    is: ["", `<p class="moved">new</p>`],
  },
  {
    id: "replace-body",
    what: "body replaced",
    html: `<body><p>old</p></body>`,
    act: ({ document }) => {
      const body = document.createElement("body");
      body.innerHTML = "<h1>new</h1>";
      document.body.replaceWith(body);
    },
    look: ({ document }) => document.body.innerHTML,
    is: "<h1>new</h1>",
  },
  {
    id: "replace-html",
    what: "documentElement replaced",
    html: `<p>old</p>`,
    act: ({ document }) => {
      const html = document.createElement("html");
      html.lang = "it";
      html.innerHTML = "<body><h1>new</h1></body>";
      document.documentElement.replaceWith(html);
    },
    look: ({ document }) => [document.documentElement.lang, document.body.innerHTML],
    is: ["it", "<h1>new</h1>"],
  },
  {
    id: "doc-open",
    what: "document.open/write after load",
    html: `<p>old</p>`,
    act: ({ document }) => {
      document.open();
      document.write("<!doctype html><title>t</title><h1>written</h1>");
      document.close();
    },
    look: ({ document }) => document.body.innerHTML,
    is: "<h1>written</h1>",
  },
  {
    id: "table-rows",
    what: "table rows inserted by script",
    html: `<table><tbody><tr><td>1</td></tr></tbody></table>`,
    act: ({ get }) => {
      (get("table") as HTMLTableElement).insertRow(0).insertCell().textContent = "0";
    },
    look: ({ document }) => [...document.querySelectorAll("td")].map((cell) => cell.textContent),
    is: ["0", "1"],
    pixels: 0,
  },
  {
    id: "text-split",
    what: "splitText/normalize keep order",
    html: `<p>abcdef</p><q>ghijkl</q>`,
    act: ({ get }) => {
      (get("p").firstChild as Text).splitText(2).splitText(2).data = "EF";
      (get("q").firstChild as Text).splitText(3);
      get("q").normalize();
    },
    look: ({ get, text }) => [text("p"), get("p").childNodes.length, text("q"), get("q").childNodes.length],
    is: ["abcdEF", 3, "ghijkl", 1],
  },
  {
    id: "template",
    what: "template content cloned in",
    html: `<template><p class=t>from a template</p></template><div id=d></div>`,
    act: ({ get }) => get("#d").append((get("template") as HTMLTemplateElement).content.cloneNode(true)),
    look: ({ get }) => get("#d").innerHTML,
    is: `<p class="t">from a template</p>`,
  },
  {
    id: "rtl-lang",
    what: "dir=rtl and lang on html",
    html: `<html dir=rtl lang=ar><p>abc</p></html>`,
    look: ({ document, css }) => [document.documentElement.lang, css("p", "direction")],
    is: ["ar", "rtl"],
    pixels: 0,
  },
  {
    id: "quirks",
    what: "quirks mode page stays in quirks mode",
    isQuirks: true,
    html: `<style>div{width:100}</style><div id=d>wide</div><table style="font-size:40px"><tr><td>t</table>`,
    look: ({ document, css }) => [document.compatMode, css("#d", "width")],
    is: ["BackCompat", "100px"],
    pixels: 0,
  },
  {
    id: "mathml",
    what: "MathML namespace",
    html: `<math><mfrac><mi>x</mi><mn>2</mn></mfrac></math>`,
    look: ({ get }) => get("mfrac").namespaceURI,
    is: "http://www.w3.org/1998/Math/MathML",
    pixels: 0,
  },
  {
    id: "svg-inline",
    what: "inline SVG mutated",
    html: `<svg width=100 height=100 viewBox="0 0 10 10"><defs><linearGradient id=g><stop offset=0 stop-color=red /></linearGradient></defs><circle cx=5 cy=5 r=2 fill="url(#g)"/></svg>`,
    act: ({ get }) => {
      get("circle").setAttribute("r", "4");
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const name of ["width", "height"]) rect.setAttribute(name, "3");
      get("svg").append(rect);
    },
    look: ({ get, attribute }) => [
      attribute("circle", "r"),
      get("rect").namespaceURI,
      attribute("svg", "viewBox"),
    ],
    is: ["4", "http://www.w3.org/2000/svg", "0 0 10 10"],
    pixels: 0,
  },
  {
    id: "svg-use-ext",
    what: "SVG <use> of an external sprite",
    html: `<svg width=40 height=40><use href="/sprite.svg#a"></use></svg>`,
    files: {
      "/sprite.svg": `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a"><rect width="40" height="40" fill="green"/></symbol></svg>`,
    },
    look: ({ attribute }) => attribute("use", "href"),
    is: "/sprite.svg#a",
    pixels: 0,
    miss: "an external sprite is a document of its own; capture would have to fetch it, and it would have to pass the gate",
  },
  {
    id: "svg-foreign",
    what: "HTML in SVG foreignObject",
    html: `<svg width=100 height=40><foreignObject width=100 height=40><p>inside</p></foreignObject></svg>`,
    look: ({ get, text }) => [get("foreignObject").namespaceURI, get("p").namespaceURI, text("p")],
    is: ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "inside"],
    pixels: 0,
  },
  {
    id: "base-href",
    what: "<base href> relative URLs",
    html: `<base href="/pictures/"><img src="red.svg">`,
    files: {
      "/pictures/red.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50" fill="red"/></svg>`,
    },
    look: ({ get }) => (get("img") as HTMLImageElement).naturalWidth,
    is: 50,
    pixels: 0,
  },
  {
    id: "hf-text",
    what: "1,000 text changes/s for 1 s converge",
    html: `<p>0</p>`,
    act: async ({ get }) => {
      const p = get("p");
      let count = 0;
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          for (let at = 0; at < 5; at++) p.textContent = `${++count}`;
          if (count >= 1000) {
            clearInterval(timer);
            resolve();
          }
        }, 5);
      });
    },
    look: ({ text }) => text("p"),
    is: "1000",
  },
  {
    id: "title",
    what: "document.title change reaches replica",
    html: `<title>old</title><p>x</p>`,
    act: ({ document }) => {
      document.title = "new title";
    },
    look: ({ text }) => text("p"),
    is: "x",
    also: (desk) => desk.until("the title is told", async () => (await desk.facts())?.title === "new title"),
  },
];
