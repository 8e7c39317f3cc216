/** The gate on pages that are built to mislead it, and what it says about control. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProbeBench, type ProbeBench } from "../lint/open-probe.fixture";

let bench: ProbeBench;
beforeAll(async () => {
  bench = await openProbeBench();
});
afterAll(() => bench.close());

/** @returns what leaves of a page, and its errors */
async function told(html: string, rules: unknown, before = "0"): Promise<string> {
  const page = await bench.open(`<!doctype html>${html}`);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.evaluate(before);
  await page.evaluate((given) => window.probe?.rules(given), rules);
  const { told } = (await page.evaluate(() => window.probe?.walk())) ?? { told: "" };
  await page.close();
  expect(errors).toEqual([]);
  return told;
}

const RULES = { mask: [".m"], hide: [".h"], show: [".s"], mode: "allow-list" };

describe("levels", () => {
  it.each([
    ["hide in show", `<div class=s><div class=h>word</div></div>`, false],
    ["show in hide", `<div class=h><div class=s>word</div></div>`, false],
    ["mask and show on one", `<div class="m s">word</div>`, false],
    ["show in mask", `<div class=m><div data-vetrina-mirror=show>word</div></div>`, false],
    ["show in show", `<div class=s><div class=s>word</div></div>`, true],
    ["show on the body", `<body class=s>word</body>`, false],
    ["frame in show", `<div class=s><iframe srcdoc="<p>word</p>"></iframe></div>`, true],
    ["mask in a shown frame", `<div class=s><iframe srcdoc="<p class=m>word</p>"></iframe></div>`, false],
  ])("[MI4] %s", async (_, html, isTold) => {
    expect((await told(html, RULES)).includes("word")).toBe(isTold);
  });
});

describe("hostile pages", () => {
  it("[MI12] fields named like properties, and replaced natives, change nothing", async () => {
    const html = `<form class=m><input name=attributes><input name=childNodes><input name=parentNode>
<input name=getAttribute><input name=matches><input name=localName value=word></form><p>fine</p>`;
    const lies = `Element.prototype.matches=()=>false;Element.prototype.getAttribute=()=>null;
Object.defineProperty(Node.prototype,"nodeType",{get:()=>3});0`;
    const page = await bench.open(`<!doctype html>${html}`);
    await page.evaluate((given) => window.probe?.rules(given), { mask: [".m"] });
    await page.evaluate(lies);
    const walked = await page.evaluate(() => window.probe?.walk().told);
    await page.close();
    expect(walked).not.toContain("word");
    expect(walked).toContain("fine");
  });

  it("[MI12] 5,000 levels and 16,000 nodes are walked, without recursion", async () => {
    const deep = `let at=document.body;for(let i=0;i<5000;i++){const n=document.createElement("b");at.append(n);at=n}at.append("word")`;
    expect(await told("<body hidden>", {}, deep)).toContain("word");
    const wide = `for(let i=0;i<8000;i++){const p=document.createElement("p");p.textContent="item "+i;document.body.append(p)}`;
    expect(await told("<body>", {}, wide)).toContain("item 7999");
  });

  it("[MI5] a password stays one after the rules change", async () => {
    const page = await bench.open(`<!doctype html><div class=s><input type=password value=word12></div>`);
    await page.evaluate(() => window.probe?.walk());
    await page.evaluate(() => document.querySelector("input")?.setAttribute("type", "text"));
    await page.evaluate(() => window.probe?.rules({ show: [".s"] }));
    const walked = await page.evaluate(() => window.probe?.walk().told);
    await page.close();
    expect(walked).not.toContain("word12");
    expect(walked).toContain('{"kind":"filled","filled":true}');
  });
});

describe("control", () => {
  it.each([
    ["a button", "<button id=x>Buy</button>", true],
    ["a checkbox", "<input type=checkbox id=x>", true],
    ["a shown field", "<div class=s><input id=x></div>", true],
    ["a masked field", "<input id=x>", false],
    ["a shown password", "<div class=s><input type=password id=x></div>", false],
    ["a part without control", "<div class=n><button id=x>Buy</button></div>", false],
    ["a hidden part", "<div class=h><button id=x>Buy</button></div>", false],
  ])("[MI14] %s: %s", async (_, html, allowed) => {
    const page = await bench.open(`<!doctype html>${html}`);
    await page.evaluate((given) => window.probe?.rules(given), {
      show: [".s"],
      hide: [".h"],
      noControl: [".n"],
    });
    expect(await page.evaluate(() => window.probe?.mayControl("#x"))).toBe(allowed);
    await page.close();
  });
});
