/** Every place where pages keep secrets, each with its own: what leaves through the gate, in every setting. */
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProbeBench, type ProbeBench } from "../lint/open-probe.fixture";
import { LATER, LEAK_PAGE, RULES, SINKS } from "./leak-sinks.fixture";

const of = (level: string) => SINKS.filter((sink) => sink.level === level);
const never = of("never");
const listed = of("listed");
const visible = of("shown");
/** Names and addresses that are no text: they keep the page's form, and leave even where all text is masked. */
const FORM = [
  "names of classes",
  "names of classes in sheets",
  "value that a sheet names",
  "path of the page's address",
];

let bench: ProbeBench;
beforeAll(async () => {
  bench = await openProbeBench();
});
afterAll(() => bench.close());

/** As it stands, decoded, and without what masks and pages put between letters. */
function seen(told: string): string[] {
  const plain = told.replaceAll(/%[0-9a-f]{2}/gi, (code) => {
    try {
      return decodeURIComponent(code);
    } catch {
      return code;
    }
  });
  const texts = [told, plain, plain.replace(/[\s-]/g, "")].map((text) => text.toLowerCase());
  return SINKS.filter(({ secret }) => texts.some((text) => text.includes(secret))).map(({ id }) => id);
}

const names = (sinks: typeof SINKS) => sinks.map(({ id }) => id);
const walk = (page: Page) => page.evaluate(() => window.probe?.walk().told ?? "");

/** Looks, lets the page do everything it does later, and looks again. */
async function look(rules: unknown): Promise<string[]> {
  const page = await bench.open(LEAK_PAGE);
  await page.evaluate((given) => window.probe?.rules(given), rules);
  const before = await walk(page);
  await page.evaluate(LATER);
  const told = `${before}\n${await walk(page)}`;
  await page.close();
  return seen(told);
}

const SETTINGS = [
  { name: "default", rules: RULES, may: [...names(listed), ...names(visible)] },
  { name: "allow-list", rules: { ...RULES, mode: "allow-list" }, may: names(visible) },
  { name: "a mask that does not parse", rules: { ...RULES, mask: [".masked", "..x["] }, may: FORM },
  { name: "a key that is no key", rules: { ...RULES, masks: [".masked"] }, may: FORM },
  { name: "mirror off", rules: { ...RULES, mode: "off" }, may: [] },
] as const;

describe("what leaves", () => {
  it("the secrets are distinct from their third letter on", () => {
    expect(new Set(SINKS.map(({ secret }) => secret.slice(0, 3))).size).toBe(SINKS.length);
  });

  it.each(SETTINGS)(
    `[MI1, MI2] $name: 0 of ${never.length} secrets leave, and exactly what may be seen is`,
    async ({ rules, may }) => {
      const leaving = await look(rules);
      expect(leaving.filter((id) => names(never).includes(id))).toEqual([]);
      expect(leaving.toSorted()).toEqual([...may].toSorted());
    },
  );

  it.each(["default", "allow-list"])(
    "[MI1] rules that come late, %s: 0 secrets leave from then on",
    async (mode) => {
      const page = await bench.open(LEAK_PAGE);
      await walk(page);
      await page.evaluate(LATER);
      await page.evaluate((given) => window.probe?.rules(given), { ...RULES, mode });
      const leaving = seen(await walk(page));
      await page.close();
      expect(leaving.filter((id) => names(never).includes(id))).toEqual([]);
      expect(leaving).toEqual(expect.arrayContaining(["text in a shown part", "names of classes"]));
    },
  );

  it("[MI1] a chosen file's name does not leave, nor its echo", async () => {
    const page = await bench.open(
      `<!doctype html><input type=file><div class=open><input type=file id=two></div><p></p>`,
    );
    await page.evaluate(() => window.probe?.rules({ show: [".open"] }));
    const file = { name: "diagnosis-smith.pdf", mimeType: "application/pdf", buffer: Buffer.from("x") };
    await page.setInputFiles("input", file);
    await page.setInputFiles("#two", file);
    await page.evaluate(() => document.querySelector("p")?.append("Sending diagnosis-smith.pdf"));
    const told = await walk(page);
    await page.close();
    expect(told).toContain("Sending");
    expect(told).not.toMatch(/diagnosis|smith/);
  });
});

describe("the test can fail", () => {
  it(`[MI1] an open gate tells every secret that a script can reach (${never.filter((sink) => !sink.isOutOfReach).length})`, async () => {
    const page = await bench.open(LEAK_PAGE);
    const before = await page.evaluate(() => window.probe?.walkOpen() ?? "");
    await page.evaluate(LATER);
    const after = await page.evaluate(() => window.probe?.walkOpen() ?? "");
    await page.close();
    const told = seen(`${before}\n${after}`);
    expect(SINKS.filter((sink) => !sink.isOutOfReach && !told.includes(sink.id)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it.each([
    ["mask", "text, masked"],
    ["hide", "text, hidden"],
  ])("[MI1] without the %s rules their secrets are told", async (rule, id) => {
    expect(await look({ ...RULES, [rule]: [] })).toContain(id);
  });
});

describe("what it costs", () => {
  /** Bytes after gzip: what it is today, and no more. A third are lists of names, which do not compress. */
  const BUDGET = 10_510;

  it(`[MI13] the policy is at most ${BUDGET} bytes for a shop's page`, () => {
    expect(gzipSync(bench.policyCode, { level: 9 }).length).toBeLessThanOrEqual(BUDGET);
  });
});
