/** Pages that come and go, and agents who come late. */
import type { Feature } from "../feature";

const OTHER = `<!doctype html><title>two</title><h1>second page</h1>`;

export const session: readonly Feature[] = [
  {
    id: "push-state",
    what: "SPA route: pushState URL reported",
    html: `<p>x</p>`,
    act: ({ document }) => document.defaultView?.history.pushState(null, "", "/route/two?token=1"),
    look: ({ text }) => text("p"),
    is: "x",
    also: (desk) =>
      desk.until(
        "the address is told",
        async () => (await desk.facts())?.url === `${desk.addresses.shop}/route/two`,
      ),
  },
  {
    id: "nav-full",
    what: "full navigation to another page keeps the viewer",
    html: `<p>first page</p>`,
    files: { "/two.html": OTHER },
    look: ({ text }) => text("p"),
    is: "first page",
    also: async (desk) => {
      await desk.shopPage.goto(`${desk.addresses.shop}/two.html`);
      await desk.restart();
      await desk.sees({ look: ({ document }) => document.body.innerHTML, is: "<h1>second page</h1>" });
    },
  },
  {
    id: "nav-back",
    what: "back (bfcache or reload) keeps the viewer",
    html: `<p>first page</p>`,
    files: { "/two.html": OTHER },
    look: ({ text }) => text("p"),
    is: "first page",
    also: async (desk) => {
      await desk.shopPage.goto(`${desk.addresses.shop}/two.html`);
      await desk.restart();
      await desk.shopPage.goBack();
      await desk.restart();
      await desk.sees({ look: ({ text }) => text("p"), is: "first page" });
    },
  },
  {
    id: "late-viewer",
    what: "second viewer joins after 200 mutations",
    html: `<ul></ul>`,
    act: ({ get, document }) => {
      for (let at = 0; at < 200; at++) {
        const item = document.createElement("li");
        item.textContent = `${at}`;
        get("ul").prepend(item);
      }
    },
    look: ({ document, text }) => [document.querySelectorAll("li").length, text("li")],
    is: [200, "199"],
    also: async (desk) => {
      await desk.joinLate();
      await desk.sees({
        look: ({ document, text }) => [document.querySelectorAll("li").length, text("li")],
        is: [200, "199"],
      });
    },
    pixels: 0,
  },
];
