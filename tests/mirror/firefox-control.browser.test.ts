/** What an agent may do in a customer's Firefox: where its engine answers otherwise than Chromium, whose tests are in `lib/mirror/control`. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActRefusal, MirrorAct } from "@/lib/protocol/mirror";
import type {} from "../../lib/mirror/control/act-probe.page";
import type { CustomersPage } from "./customers-browser";
import { openFirefoxCustomer } from "./firefox/open-customer";
import { bundle, type ShopServer, serveShop } from "./serve-shop";

let server: ShopServer;
let page: CustomersPage;
let probe = "";
const errors: string[] = [];
beforeAll(async () => {
  [server, probe] = await Promise.all([serveShop(), bundle("../../lib/mirror/control/act-probe.page.ts")]);
  page = await openFirefoxCustomer({
    viewport: { width: 800, height: 600 },
    script: server.lookScript,
    onFrame: () => {},
    onError: (error) => errors.push(error),
  });
});
afterAll(async () => {
  await page?.close();
  await server?.close();
});

async function open(html: string): Promise<void> {
  server.serve({ html: `<style>*{margin:0}</style>${html}` });
  await page.goto(`${server.shop}/`);
  await page.evaluate(() => {
    window.controlRules = { show: [".shown"] };
  });
  await page.evaluate(probe);
}
const act = (path: readonly string[], what: MirrorAct) =>
  page.evaluate<ActRefusal | null | undefined, readonly [readonly string[], MirrorAct]>(
    ([where, wanted]) => window.actOn?.(where, wanted),
    [path, what],
  );
const click = (...path: string[]) => act(path, { type: "click", node: 2, fx: 0.5, fy: 0.5 });
const input = (selector: string, text: string) => act([selector], { type: "input", node: 2, text });
const text = (selector: string) =>
  page.evaluate((at: string) => document.querySelector(at)?.textContent, selector);

describe("reach", () => {
  it("[MI140] a click runs through all its events, at its place", async () => {
    await open(`<button id=x style="width:100px;height:40px">Red</button><p id=log></p><script>
for (const type of ["pointerdown","mousedown","focus","pointerup","mouseup","click"])
  x.addEventListener(type, ({ clientX, clientY }) => log.append(type, clientX ? clientX + "," + clientY : "", " "))</script>`);
    expect(await click("#x")).toBeNull();
    expect(await text("#log")).toBe(
      "pointerdown50,20 mousedown50,20 focus pointerup50,20 mouseup50,20 click ",
    );
  });

  it("[MI140] what lies over a shadow root's host, or over one around it, covers what is in it", async () => {
    await open(`<x-a></x-a><div id=over style="position:fixed;inset:0" hidden></div><script>
const a = document.querySelector("x-a").attachShadow({ mode: "open" });
a.innerHTML = "<button>one</button><x-b></x-b><div style='position:fixed;inset:0' hidden></div>";
a.querySelector("x-b").attachShadow({ mode: "open" }).innerHTML = "<button>two</button>"</script>`);
    const both = async () => [await click("x-a", "button"), await click("x-a", "x-b", "button")];
    const toggle = (selector: string) =>
      page.evaluate((at: string) => void window.look(document).get(at).toggleAttribute("hidden"), selector);
    expect(await both()).toEqual([null, null]);
    await toggle("#over");
    expect(await both()).toEqual(["covered", "covered"]);
    await toggle("#over");
    expect(await both()).toEqual([null, null]);
    await toggle("x-a >>> div");
    expect(await both()).toEqual(["covered", "covered"]);
  });

  it("[MI140] reaches into frames, and sees what covers one", async () => {
    await open(`<iframe srcdoc="<button onclick='parent.document.title=&quot;pressed&quot;'>in</button>"></iframe>
<div style="position:fixed;inset:0" hidden></div>`);
    expect(await click("iframe", "button")).toBeNull();
    expect(await page.evaluate(() => document.title)).toBe("pressed");
    await page.evaluate(() => document.querySelector("div")?.removeAttribute("hidden"));
    expect(await click("iframe", "button")).toBe("covered");
  });
});

describe("fields", () => {
  it("[MI144] a plain field is filled, and tells its change when it is left", async () => {
    await open(`<input id=x maxlength=5 class=shown><input id=y class=shown><p id=log></p><script>
for (const type of ["input", "change"]) x.addEventListener(type, () => log.append(type, ":", x.value, " "))</script>`);
    expect(await input("#x", "scarlet")).toBeNull();
    expect(await text("#log")).toBe("input:scarl ");
    expect(await input("#y", "z")).toBeNull();
    expect(await text("#log")).toBe("input:scarl change:scarl ");
  });

  it("[MI144] a controlled field of a framework keeps what was typed", async () => {
    await open("<div id=root class=shown></div>");
    await page.evaluate(await bundle("../../lib/mirror/control/controlled-react.page.tsx"));
    const told = (words: string) => expect.poll(() => text("#told")).toBe(words);
    await told(", , no gift, small, ");
    expect(await input("#name", "Ada")).toBeNull();
    await told("Ada, , no gift, small, ");
    expect(await act(["#size"], { type: "select", node: 2, options: [1] })).toBeNull();
    await told("Ada, , no gift, large, ");
    expect(await page.evaluate(() => document.querySelector("input")?.value)).toBe("Ada");
  });

  it.each(["true", "plaintext-only"])(
    "[MI144] an editor in place (%s) takes the text by Firefox's own editing",
    async (how) => {
      await open(`<div id=x contenteditable=${how} class=shown>old <b>words</b></div><p id=log></p>
<script>x.addEventListener("input", ({ inputType }) => log.append(inputType))</script>`);
      expect(await input("#x", "new words")).toBeNull();
      expect(await text("#x")).toBe("new words");
      expect(await text("#log")).toContain("insertText");
    },
  );
});

it("[MI146] handlers that throw are the page's own", async () => {
  expect(errors).toEqual([]);
  await open(`<button id=x onclick="throw new Error('of the page')">Red</button>`);
  expect(await click("#x")).toBeNull();
  await expect.poll(() => errors).toEqual(["Error: of the page"]);
});
