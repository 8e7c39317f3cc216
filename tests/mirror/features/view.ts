/** Where the customer is on her page. */
import type { Feature } from "../feature";

const LONG = `<div style="height:4000px;background:linear-gradient(red,blue)"></div>`;
const BOXED = `<div id=s style="height:100px;width:200px;overflow:auto"><div style="height:1000px;width:900px;background:linear-gradient(red,blue)"></div></div>`;

export const view: readonly Feature[] = [
  {
    id: "scroll-win",
    what: "window scroll",
    html: LONG,
    drive: (page) => page.mouse.wheel(0, 900),
    look: ({ document }) => document.defaultView?.scrollY,
    is: 900,
    pixels: 0.001,
  },
  {
    id: "scroll-el",
    what: "scroll of an overflow element",
    html: BOXED,
    act: ({ get }) => get("#s").scrollTo(150, 300),
    look: ({ get }) => [get("#s").scrollLeft, get("#s").scrollTop],
    is: [150, 300],
    pixels: 0.001,
  },
  {
    id: "scroll-new",
    what: "element inserted already scrolled",
    html: `<div id=d></div>`,
    act: ({ get, document }) => {
      get("#d").innerHTML =
        `<div id=s style="height:100px;overflow:auto"><div style="height:1000px">x</div></div>`;
      const inner = document.querySelector("#s");
      if (inner) inner.scrollTop = 400;
    },
    look: ({ get }) => get("#s").scrollTop,
    is: 400,
  },
  {
    id: "scroll-late",
    what: "viewer joins after scroll (window and element)",
    html: BOXED + LONG,
    act: ({ get, document }) => {
      get("#s").scrollTo(0, 200);
      document.defaultView?.scrollTo(0, 50);
    },
    look: ({ get, document }) => [get("#s").scrollTop, document.defaultView?.scrollY],
    is: [200, 50],
    also: async (desk) => {
      await desk.joinLate();
      await desk.sees({
        look: ({ get, document }) => [get("#s").scrollTop, document.defaultView?.scrollY],
        is: [200, 50],
      });
    },
  },
  {
    id: "scroll-smooth",
    what: "scroll-behavior: smooth page",
    html: `<style>html{scroll-behavior:smooth}</style>${LONG}`,
    act: ({ document }) => document.defaultView?.scrollTo(0, 1500),
    look: ({ document }) => Math.round(document.defaultView?.scrollY ?? 0),
    is: 1500,
  },
  {
    id: "resize",
    what: "viewport resize",
    html: `<style>@media(max-width:500px){p{color:green}}</style><p>x</p>`,
    drive: (page) => page.setViewportSize({ width: 420, height: 500 }),
    look: ({ document, css }) => [document.documentElement.clientWidth, css("p", "color")],
    is: [420, "rgb(0, 128, 0)"],
  },
  {
    id: "selection",
    what: "text selection visible",
    html: `<p>select some words here</p>`,
    act: ({ get, document }) => {
      const text = get("p").firstChild;
      if (text) document.getSelection()?.setBaseAndExtent(text, 7, text, 17);
    },
    look: ({ document }) => document.getSelection()?.toString(),
    is: "some words",
  },
  {
    id: "vlist",
    what: "virtual list repainted on scroll",
    html: `<div id=v style="height:300px;overflow:auto;position:relative"><div style="height:50000px"></div></div>
      <script>const paint=()=>{for(const row of v.querySelectorAll("p"))row.remove();const from=Math.floor(v.scrollTop/20);
      for(let i=from;i<from+16;i++){const p=document.createElement("p");p.textContent="row "+i;p.style.cssText="margin:0;position:absolute;top:"+i*20+"px";v.append(p)}};v.onscroll=paint;paint()</script>`,
    act: async ({ get }) => {
      for (let at = 1; at <= 10; at++) {
        get("#v").scrollTop = at * 1200;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    look: ({ get, text, document }) => [
      get("#v").scrollTop,
      text("p"),
      document.querySelectorAll("p").length,
    ],
    is: [12000, "row 600", 16],
    pixels: 0.001,
  },
  {
    id: "sticky-fixed",
    what: "position sticky and fixed",
    html: `<header style="position:sticky;top:0;background:#ff0">sticky</header><footer style="position:fixed;bottom:0;height:18px">fixed</footer>${LONG}`,
    act: ({ document }) => document.defaultView?.scrollTo(0, 800),
    look: ({ box, document }) => [box("header")[1], box("footer")[1], document.defaultView?.scrollY],
    is: [0, 582, 800],
    pixels: 0.001,
  },
  {
    id: "cursor-rest",
    what: "cursor ends where the customer stopped (within 3 px)",
    html: `<p>x</p>`,
    drive: async (page) => {
      for (let at = 0; at <= 20; at++) await page.mouse.move(100 + at * 10, 80 + at * 5);
    },
    look: ({ text }) => text("p"),
    is: "x",
    also: (desk) =>
      desk.until("the cursor rests", async () => {
        const cursor = await desk.cursor();
        return cursor !== null && Math.abs(cursor.x - 300) <= 3 && Math.abs(cursor.y - 180) <= 3;
      }),
  },
  {
    id: "cursor-iframe",
    what: "cursor position inside an iframe is mapped to page coordinates",
    html: `<iframe style="position:absolute;left:100px;top:50px;border:0" srcdoc="<p>in"></iframe>`,
    drive: (page) => page.mouse.move(180, 120, { steps: 5 }),
    look: ({ text }) => text("iframe >>> p"),
    is: "in",
    also: (desk) =>
      desk.until("the cursor is told", async () => {
        const cursor = await desk.cursor();
        return cursor !== null && Math.abs(cursor.x - 180) <= 3 && Math.abs(cursor.y - 120) <= 3;
      }),
  },
];
