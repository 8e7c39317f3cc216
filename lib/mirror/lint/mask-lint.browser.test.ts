/** The command on shops' pages, good and hostile, with a real browser. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { maskLint } from "./mask-lint";

const env = { CHROME_PATH: "/usr/bin/chromium" };
const folder = mkdtempSync(join(tmpdir(), "vetrina-mask-lint-"));
const rulesFile = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const ACCOUNT = `<!doctype html><html lang=de><meta charset=utf-8><title>Mein Konto</title>
<h1 id=greeting>Hallo <b class=who>Annabella</b></h1><p class=mail>annabella.rossi@example.de</p>
<p class=phone>Telefon +49 151 2345 6789</p><p class=bank>DE89 3704 0044 0532 0130 00</p>
<address class=home>Hauptstraße 5<br>10115 Berlin</address>
<img class=face src=/a.png alt="Picture of annabella.rossi@example.de">
<label>Anrede <select name=salutation class=choice><option>Frau</option></select></label>
<label>E-Mail <input name=email class=field value="someone@example.org"></label>
<x-card></x-card><iframe class=inner srcdoc="<p class=street>12 Baker Street</p>"></iframe>
<script>document.querySelector("x-card").attachShadow({mode:"open"}).innerHTML="<p class=tel>Call 0049 170 555 12 34</p>"</script>`;

const CLEAN = `<!doctype html><html lang=en><meta charset=utf-8><title>Saddle bag</title><h1>Saddle bag</h1>
<p>€ 1.249,00 · Art. 4711-0815-42 · EAN 4006381333931 · since 12.05.2019, 10-12 days</p><img src=/a.png alt="Brown bag">
<p>Welcome to our shop. Hello there! Call it a classic.</p><form><input name=email><input type=password><button>Buy</button></form>`;

const PAGES: Readonly<Record<string, string>> = {
  "/account": ACCOUNT,
  "/clean": CLEAN,
  "/throws": `${CLEAN}<script>setInterval(()=>{throw new Error("broken")},5);throw new Error("broken")</script>`,
  "/restless": `${CLEAN}<p id=x></p><script>setInterval(()=>{document.getElementById("x").textContent=Date.now()},20)</script>`,
  "/hangs": `${CLEAN}<script src=/never></script>`,
  "/alerts": `${CLEAN}<script>onbeforeunload=()=>"stay";alert(1);confirm(2);prompt(3);print();open("/clean")</script>`,
  "/file": `${CLEAN}<script>location="file:///etc/passwd"</script>`,
  "/away": `<script>location="http://localhost:1/"</script>`,
  "/saves": `${CLEAN}<a download="x.html" href="/clean">x</a><script>document.querySelector("a").click()</script>`,
  "/spins": `<script>for(;;){}</script>`,
  "/grows": `<script>setInterval(()=>{for(let i=0;i<2000;i++)document.body.append(document.createElement("p"))},1)</script><body>`,
  "/lies": `${ACCOUNT}<script>Element.prototype.getAttribute=()=>"";Element.prototype.matches=()=>true;Array.prototype.push=()=>0;
JSON.stringify=()=>"{}"</script>`,
};

let shop: Server;
let origin = "";
beforeAll(async () => {
  shop = createServer((request, response) => {
    const path = (request.url ?? "").replace(/\?.*/, "");
    if (path === "/never") return;
    const page = PAGES[path];
    const type = path === "/binary" ? "application/octet-stream" : "text/html; charset=utf-8";
    response.writeHead(page || path === "/binary" ? 200 : 404, { "content-type": type });
    response.end(page ?? "nothing");
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const bound = shop.address();
  origin = typeof bound === "object" && bound !== null ? `http://127.0.0.1:${bound.port}` : "";
});
afterAll(
  () =>
    new Promise<void>((resolve) => {
      shop.closeAllConnections();
      shop.close(() => resolve());
    }),
);

const lint = (...words: string[]) => maskLint(words, env);
const WHERE = [".who", ".mail", ".phone", ".bank", ".home", ".face", ".choice", ".tel", ".street"];

it("[MI20, MI21] lists what would leave, with path, reason and rule, and two characters at most", async () => {
  const { code, out } = await lint(`${origin}/account?mail=annabella.rossi@example.de`);
  expect(code).toBe(1);
  for (const place of WHERE) expect(out).toContain(place);
  expect(out).toMatch(/x-card >>> \.tel/);
  expect(out).toMatch(/\.inner >>> \.street/);
  expect(out).toContain('rule: {"mask":[".mail"]}');
  expect(out).not.toMatch(/anna|rossi|Ann|2345|3704|Baker|Haupt/);
});

it("[MI20] is content with the page once its rules are written, and with what a person accepted", async () => {
  const rules = rulesFile("rules.json", JSON.stringify({ mask: WHERE.slice(1), hide: ["#greeting"] }));
  expect(await lint(`${origin}/account`, "--rules", rules)).toMatchObject({ code: 0 });
  const accepted = await lint(`${origin}/account`, "--rules", rules, "--mode", "allow-list");
  expect(accepted.code).toBe(0);
  const few = rulesFile("few.json", JSON.stringify({ mask: WHERE.slice(2), hide: ["#greeting"] }));
  expect(await lint(`${origin}/account`, "--rules", few, "--accept", ".mail")).toMatchObject({ code: 0 });
});

it("[MI20] a field that a rule shows is a finding, as JSON too", async () => {
  const rules = rulesFile("show.json", JSON.stringify({ mode: "allow-list", show: [".field"] }));
  const { code, out } = await lint(`${origin}/account`, "--rules", rules, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out).results[0].report).toMatchObject({
    mode: "allow-list",
    findings: [{ what: "field", path: ".field", rule: '{"mask":[".field"]}' }],
  });
});

it("[MI22] a product page is clean: prices, article numbers, dates and greetings to nobody", async () => {
  const { code, out } = await lint(`${origin}/clean`);
  expect(out).toContain("nothing found");
  expect(code).toBe(0);
});

it("[MI24] a rule with a mistake is a finding, and the page is masked", async () => {
  const rules = rulesFile("broken.json", JSON.stringify({ mask: ["p:is("], show: ["*"], masks: [] }));
  const { code, out } = await lint(`${origin}/account`, "--rules", rules);
  expect(code).toBe(1);
  expect(out).toContain("rule mask[0] is no CSS selector: whole page masked");
  expect(out).toContain("rule show[0] is too broad");
  expect(out).toContain("rule masks is no key of the rules");
  expect(out).not.toContain("looks like");
});

it.each([
  [["ftp://shop.example/"], "is no address of a page"],
  [[], "Usage"],
  [["http://127.0.0.1/", "--mode", "all"], "--mode is one of"],
  [["http://127.0.0.1/", "--chromium", "/no/such"], "There is no program at /no/such"],
  [["http://127.0.0.1/", "--chromium", "/bin/false"], "did not start as a browser"],
  [["http://127.0.0.1/", "--rules", "/no/such.json"], "cannot be read"],
])("[MI22] %j could not run: %s", async (words, sentence) => {
  const { code, error } = await lint(...words);
  expect(code).toBe(2);
  expect(error).toContain(sentence);
});

it("[MI22] without a browser, and with rules that are not JSON, it says so", async () => {
  expect(await maskLint([`${origin}/clean`], { PATH: folder })).toMatchObject({
    code: 2,
    error: expect.stringContaining("No Chromium found"),
  });
  expect((await lint(`${origin}/clean`, "--rules", rulesFile("no.json", "{"))).error).toContain(
    "is not JSON",
  );
});

it("[MI22] pages that cannot be opened, beside one that can", async () => {
  const { code, out } = await lint(
    `${origin}/clean`,
    `${origin}/missing`,
    "http://127.0.0.1:9/",
    `${origin}/binary`,
  );
  expect(code).toBe(2);
  expect(out).toContain("it answered 404");
  expect(out).toContain("could not be opened (ERR_");
  expect(out).toContain("nothing found");
  expect(out).toContain("3 could not be looked at");
});

it("[MI23] pages that throw, never settle, hang or ask are looked at all the same", async () => {
  const urls = ["/throws", "/restless", "/hangs", "/alerts", "/file", "/saves"].map((path) => origin + path);
  const { code, out } = await lint(...urls, "--timeout", "8");
  expect(out.match(/nothing found/g)).toHaveLength(urls.length);
  expect(out).toContain("still changing");
  expect(code).toBe(0);
});

it("[MI23] pages that never end, or lead elsewhere, cost no more than their time", async () => {
  const { code, out } = await lint(`${origin}/spins`, `${origin}/away`, `${origin}/clean`, "--timeout", "5");
  expect(code).toBe(2);
  expect(out.match(/could not be looked at/g)?.length).toBeGreaterThanOrEqual(2);
  expect(out).toContain("nothing found");
});

it("[MI23] a page that grows without end is read to a limit", async () => {
  const { out } = await lint(`${origin}/grows`, "--timeout", "10");
  expect(out).toMatch(/not read to its end|still changing|did not answer/);
});

it("[MI23] a page's own scripts do not reach the linter", async () => {
  const { code, out } = await lint(`${origin}/lies`);
  expect(code).toBe(1);
  for (const place of WHERE) expect(out).toContain(place);
});
