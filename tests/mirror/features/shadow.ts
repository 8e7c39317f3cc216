/** Shadow roots, open and closed, early and late. */
import type { Feature } from "../feature";

export const shadow: readonly Feature[] = [
  {
    id: "shadow-open",
    what: "open shadow root, mutated",
    html: `<div id=h></div><script>h.attachShadow({mode:"open"}).innerHTML="<style>p{color:green}</style><p>one</p>"</script>`,
    act: ({ get }) => {
      get("#h >>> p").textContent = "two";
    },
    look: ({ text, css }) => [text("#h >>> p"), css("#h >>> p", "color")],
    is: ["two", "rgb(0, 128, 0)"],
    pixels: 0,
  },
  {
    id: "shadow-late",
    what: "attachShadow on an existing element after start",
    html: `<div id=h>light</div>`,
    act: ({ get }) => {
      get("#h").attachShadow({ mode: "open" }).innerHTML = "<p>shadow</p><slot></slot>";
    },
    look: ({ text }) => text("#h >>> p"),
    is: "shadow",
    pixels: 0,
  },
  {
    id: "shadow-declarative",
    what: "declarative shadow root",
    html: `<div id=h><template shadowrootmode=open><p>declared</p><slot></slot></template>light</div>`,
    look: ({ text }) => text("#h >>> p"),
    is: "declared",
    pixels: 0,
  },
  {
    id: "shadow-closed",
    what: "closed shadow root created after start",
    html: `<div id=h></div>`,
    act: ({ get }) => {
      get("#h").attachShadow({ mode: "closed" }).innerHTML = "<p>closed</p>";
    },
    look: ({ has, get }) => has("#h >>> p") || get("#h").getBoundingClientRect().height > 10,
    is: true,
    pixels: 0,
  },
  {
    id: "shadow-slot",
    what: "slots and ::slotted",
    html: `<div id=h><b slot=s>slotted</b>rest</div><script>h.attachShadow({mode:"open"}).innerHTML="<style>::slotted(b){color:green}:host{font-size:20px}</style><slot></slot>-<slot name=s></slot>"</script>`,
    look: ({ css }) => [css("b", "color"), css("b", "font-size")],
    is: ["rgb(0, 128, 0)", "20px"],
    pixels: 0,
  },
  {
    id: "shadow-nested-add",
    what: "component tree with nested shadow roots added after start",
    html: `<main></main>`,
    act: ({ get, document }) => {
      let host: HTMLElement | ShadowRoot = get("main");
      for (const name of ["x-a", "x-b", "x-c"]) {
        const element = document.createElement(name);
        host.append(element);
        host = element.attachShadow({ mode: "open" });
        host.append(name);
      }
    },
    look: ({ get }) => get("x-a >>> x-b >>> x-c").shadowRoot?.textContent,
    is: "x-c",
    pixels: 0,
  },
  {
    id: "shadow-input",
    what: "typing in an input in a shadow root",
    html: `<div id=h></div><script>h.attachShadow({mode:"open"}).innerHTML="<input class=shown>"</script>`,
    drive: async (page) => {
      await page.click("#h input");
      await page.keyboard.type("hello");
    },
    look: ({ field }) => field("#h >>> input").value,
    is: "hello",
  },
  {
    id: "custom-defined",
    what: ":defined styling of a custom element",
    html: `<style>x-a:not(:defined){display:none}x-a:defined{color:green}</style><x-a>text</x-a><script>customElements.define("x-a",class extends HTMLElement{})</script>`,
    look: ({ css }) => [css("x-a", "display"), css("x-a", "color")],
    is: ["inline", "rgb(0, 128, 0)"],
    pixels: 0,
  },
];
