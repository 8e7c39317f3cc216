/** What an agent may do in a customer's page, in a real browser. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MirrorAct } from "@/lib/protocol/mirror";

let browser: Browser;
let server: Server;
let origin = "";
let probe = "";
let html = "";
let page: Page;

const bundle = async (entry: string) => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: "iife",
    jsx: "automatic",
    write: false,
    define: { "process.env.NODE_ENV": '"production"' },
    // With its compiler: the page's template is compiled where it runs.
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    tsconfig: fileURLToPath(new URL("../../../tsconfig.json", import.meta.url)),
  });
  return outputFiles[0]?.text ?? "";
};

beforeAll(async () => {
  probe = await bundle("act-probe.page.ts");
  server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(request.url === "/" ? html : "<p>another page");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
});
afterAll(async () => {
  await browser.close();
  server.close();
});

async function open(body: string, rules: unknown = {}): Promise<void> {
  html = `<!doctype html><style>*{margin:0}</style>${body}`;
  await page.goto(origin);
  await page.evaluate((given) => {
    window.controlRules = given;
  }, rules);
  await page.evaluate(probe);
}

const act = (path: string | readonly string[], what: MirrorAct) =>
  page.evaluate(([where, wanted]) => window.actOn?.(where, wanted), [
    typeof path === "string" ? [path] : path,
    what,
  ] as const);
/** The page may be gone before it has answered: that it went is the answer. */
const leave = (path: string, what: MirrorAct) =>
  act(path, what).catch((error: unknown) => {
    if (String(error).includes("context was destroyed")) return null;
    throw error;
  });
const click = (path: string | readonly string[]) => act(path, { type: "click", node: 2, fx: 0.5, fy: 0.5 });
const input = (path: string | readonly string[], text: string) => act(path, { type: "input", node: 2, text });
const enter = (path: string) => act(path, { type: "key", node: 2, key: "Enter" });
const text = (selector: string) => page.locator(selector).textContent();

describe("reach", () => {
  it("[MI140] a click runs through all its events, at its place", async () => {
    await open(`<button id=x style="width:100px;height:40px">Red</button><p id=log></p><script>
for (const type of ["pointerdown","mousedown","focus","pointerup","mouseup","click"])
  x.addEventListener(type, (event) => log.append(type + (type === "click" ? "" : "") + " "))
x.addEventListener("mouseup", (event) => log.append(event.clientX + "," + event.clientY + " "))</script>`);
    expect(await click("#x")).toBeNull();
    expect(await text("#log")).toBe("pointerdown mousedown focus pointerup mouseup 50,20 click ");
  });

  it.each([
    ["covered", `<button id=x>Red</button><div style="position:fixed;inset:0"></div>`],
    ["not-visible", `<button id=x style="display:none">Red</button>`],
    ["not-visible", `<button id=x style="position:absolute;top:2000px">Red</button>`],
    ["gone", `<p>nothing</p>`],
    ["no-control", `<div class=ours><button id=x>Stop</button></div>`],
    ["no-control", `<button id=x disabled>Red</button>`],
    ["no-control", `<button id=x aria-disabled=true>Red</button>`],
  ])("[MI140] %s: %s", async (refusal, body) => {
    await open(`${body}<script>addEventListener("click", () => { document.title = "clicked" })</script>`);
    expect(await click("#x")).toBe(refusal);
    expect(await page.title()).toBe("");
  });

  it("[MI140] reaches into shadow roots and frames, and sees what covers a frame", async () => {
    await open(`<div id=host></div><iframe id=frame srcdoc="<button id=in onclick='parent.document.title+=&quot;frame&quot;'>in</button>"></iframe>
<div id=over style="position:fixed;inset:0" hidden></div>
<script>host.attachShadow({mode:"open"}).innerHTML='<button id=in>in</button>';
host.shadowRoot.getElementById("in").onclick=()=>{document.title+="shadow-"}</script>`);
    await page.frameLocator("#frame").locator("#in").waitFor();
    expect(await click(["#host", "#in"])).toBeNull();
    expect(await click(["#frame", "#in"])).toBeNull();
    expect(await page.title()).toBe("shadow-frame");
    await page.evaluate(() => document.getElementById("over")?.removeAttribute("hidden"));
    expect(await click(["#host", "#in"])).toBe("covered");
    expect(await click(["#frame", "#in"])).toBe("covered");
  });
});

describe("rules", () => {
  const rules = { show: [".s"], hide: [".h"], mask: [".m"], noControl: [".n"] };
  it.each([
    ["masked", "<input id=x>"],
    ["masked", "<div class=s><input type=password id=x></div>"],
    ["masked", "<div class=s><input autocomplete=cc-number id=x></div>"],
    ["masked", "<div class=s><input type=file id=x></div>"],
    ["masked", "<div class=m><button id=x>Blue</button></div>"],
    ["no-control", "<div class=n><button id=x>Blue</button></div>"],
    ["no-control", "<div class=h><button id=x>Blue</button></div>"],
  ])("[MI141] %s: %s", async (refusal, body) => {
    await open(body, rules);
    expect(await click("#x")).toBe(refusal);
    expect(await input("#x", "mine")).toBe(refusal);
    expect(await enter("#x")).toBe(refusal);
  });
});

describe("what binds the customer", () => {
  it.each([
    ["submit", "<form><button id=x>Next</button></form>"],
    ["submit", "<form><input type=submit id=x value=Next></form>"],
    ["submit", "<form><input type=image id=x alt=Next width=20 height=20></form>"],
    ["submit", "<form id=f></form><button form=f id=x>Next</button>"],
    ["submit", "<form><button><span id=x>Next</span></button></form>"],
    ["needs-customer", "<button id=x>Pay now</button>"],
    ["needs-customer", "<button id=x>Zahlungspflichtig bestellen</button>"],
    ["needs-customer", "<div role=button id=x>Conferma ordine</div>"],
    ["needs-customer", "<button id=x aria-label='Eliminar'>×</button>"],
    ["needs-customer", "<button id=x>Commander</button>"],
    ["needs-customer", "<div class=s><input type=color id=x></div>"],
  ])("[MI142] %s: %s", async (refusal, body) => {
    await open(
      `${body}<script>addEventListener("submit", () => { document.title = "sent" })
addEventListener("click", () => { document.title = "clicked" })</script>`,
      { show: [".s"] },
    );
    expect(await click("#x")).toBe(refusal);
    expect(await page.title()).toBe("");
  });

  it("[MI142] Enter in a form sends nothing", async () => {
    await open(
      `<form><div class=s><input id=x></div></form>
<script>addEventListener("submit", () => { document.title = "sent" })</script>`,
      { show: [".s"] },
    );
    expect(await enter("#x")).toBe("submit");
    expect(await page.title()).toBe("");
  });

  it("[MI142] ordinary buttons are not mistaken for binding ones", async () => {
    await open(
      `<button id=a>Display options</button><button id=b>Add to cart</button><button id=c>Paying by card: how?</button>`,
    );
    expect(await click("#a")).toBeNull();
    expect(await click("#b")).toBeNull();
    expect(await click("#c")).toBeNull();
  });
});

describe("leading", () => {
  it.each([
    ["not-allowed-address", "<a id=x href='https://elsewhere.example/'>out</a>"],
    ["not-allowed-address", "<a id=x href='javascript:document.title=1'>run</a>"],
    ["not-allowed-address", "<a id=x href='tel:+39011'>call</a>"],
    ["needs-customer", "<a id=x href='/two' target=_blank>new</a>"],
    ["needs-customer", "<a id=x href='/two' download>file</a>"],
  ])("[MI143] %s: %s", async (refusal, body) => {
    await open(body);
    expect(await click("#x")).toBe(refusal);
    expect(page.url()).toBe(`${origin}/`);
  });

  it.each([
    "https://elsewhere.example/",
    "javascript:alert(1)",
    "http://user:pass@127.0.0.1/",
    "//elsewhere.example/",
    "data:text/html,hello",
    "http://[",
  ])("[MI143] %s is no address of the shop", async (url) => {
    await open("<p>here");
    expect(await act("p", { type: "goto", url })).toBe("not-allowed-address");
    expect(page.url()).toBe(`${origin}/`);
  });

  it("[MI143] leads to a page of the shop, and back", async () => {
    await open("<a id=x href='/two'>two</a>");
    expect(await leave("#x", { type: "click", node: 2, fx: 0.5, fy: 0.5 })).toBeNull();
    await page.waitForURL("**/two");
    await page.evaluate(probe);
    expect(await leave("p", { type: "back" })).toBeNull();
    await page.waitForURL(`${origin}/`);
    await page.evaluate(probe);
    expect(await leave("a", { type: "goto", url: "/three" })).toBeNull();
    await page.waitForURL("**/three");
  });
});

describe("fields", () => {
  it("[MI144] a plain field is filled, and tells its change when it is left", async () => {
    await open(
      `<input id=x maxlength=5 class=s><input id=y class=s><p id=log></p><script>
for (const type of ["input","change"]) x.addEventListener(type, () => log.append(type + ":" + x.value + " "))</script>`,
      { show: [".s"] },
    );
    expect(await input("#x", "scarlet")).toBeNull();
    expect(await text("#log")).toBe("input:scarl ");
    await input("#y", "z");
    expect(await text("#log")).toBe("input:scarl change:scarl ");
  });

  it.each([
    ["React", "controlled-react.page.tsx"],
    ["Vue", "controlled-vue.page.ts"],
  ])(
    "[MI144] fields that %s holds keep what was typed, in the form that the page gives it",
    async (_, entry) => {
      await open(`<div id=root></div>`, { show: ["#root"] });
      await page.addScriptTag({ content: await bundle(entry) });
      await page.locator("#name").waitFor();
      expect(await input("#name", "Ada")).toBeNull();
      expect(await text("#told")).toBe("Ada, , no gift, small, ");
      expect(await input("#note", "Ring twice")).toBeNull();
      expect(await click("#gift")).toBeNull();
      expect(await act("#size", { type: "select", node: 2, options: [1] })).toBeNull();
      expect(await input("#phone", "0611234567")).toBeNull();
      expect(await text("#told")).toBe("Ada, Ring twice, gift, large, 061 123 456 7");
      // Drawn once more, by a change elsewhere: what the framework did not hear of would be gone.
      expect(await click("#more")).toBeNull();
      expect(await text("#count")).toBe("1");
      const shown = ["#name", "#note", "#size", "#phone"].map((field) => page.locator(field).inputValue());
      expect(await Promise.all(shown)).toEqual(["Ada", "Ring twice", "large", "061 123 456 7"]);
      expect(await page.locator("#gift").isChecked()).toBe(true);
    },
  );

  it("[MI144] what a framework's page has reformatted is typed over like anything else", async () => {
    for (const entry of ["controlled-react.page.tsx", "controlled-vue.page.ts"]) {
      await open(`<div id=root></div>`, { show: ["#root"] });
      await page.addScriptTag({ content: await bundle(entry) });
      await page.locator("#phone").waitFor();
      for (const typed of ["0611234567", "061 123", "no digits"]) await input("#phone", typed);
      expect(await page.locator("#phone").inputValue(), entry).toBe("");
    }
  });

  it("[MI144] an editor in place takes the text by the browser's own editing", async () => {
    await open(
      `<div id=x contenteditable class=s>old</div><p id=log></p>
<script>x.addEventListener("input", (event) => log.append(event.inputType))</script>`,
      { show: [".s"] },
    );
    expect(await input("#x", "new words")).toBeNull();
    expect(await text("#x")).toBe("new words");
    expect(await text("#log")).toContain("insertText");
  });

  it.each([
    ["no-control", "<input id=x readonly class=s>"],
    ["needs-customer", "<input id=x type=date class=s>"],
    ["needs-customer", "<button id=x>Red</button>"],
  ])("[MI144] %s: %s takes no text", async (refusal, body) => {
    await open(body, { show: [".s"] });
    expect(await input("#x", "mine")).toBe(refusal);
  });

  it("[MI145] options are chosen by their place, and only those that can be", async () => {
    await open(`<select id=x><option>S<option>M<option disabled>L</select><p id=log></p>
<script>x.onchange=()=>log.append(x.value)</script>`);
    const choose = (options: number[]) => act("#x", { type: "select", node: 2, options });
    expect(await choose([1])).toBeNull();
    expect(await text("#log")).toBe("M");
    expect(await choose([2])).toBe("gone");
    expect(await choose([7])).toBe("gone");
    expect(await choose([0, 1])).toBe("failed");
    expect(await page.locator("#x").inputValue()).toBe("M");
  });
});

describe("odd pages", () => {
  it("[MI146] handlers that throw, and elements that scroll", async () => {
    await open(`<button id=x onclick="throw new Error('page')">Red</button>
<div id=box style="height:100px;overflow:auto;scroll-behavior:smooth"><div style="height:900px"></div></div>`);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    expect(await click("#x")).toBeNull();
    expect(await act("#box", { type: "scroll", node: 2, x: 0, y: 300 })).toBeNull();
    expect(await page.locator("#box").evaluate((box) => box.scrollTop)).toBe(300);
    expect(errors).toEqual(["page"]);
  });
});
