/** Every place where pages keep secrets, each with its own: what leaves in the bytes of all frames, in every setting. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LATER, LEAK_PAGE, RULES, SINKS } from "../masking/leak-sinks.fixture";
import { type Bench, type Captured, openBench } from "./open-capture.fixture";
import { secretsIn } from "./secrets-in.fixture";

const names = (level: string) => SINKS.filter((sink) => sink.level === level).map(({ id }) => id);
const never = names("never");
/** Names and addresses that are no text: they keep the page's form, and leave even where all text is masked. */
const FORM = [
  "names of classes",
  "names of classes in sheets",
  "value that a sheet names",
  "path of the page's address",
];

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

let marks = 0;
/** Everything that happened until now has left: what is done last, of each kind of change, has. */
async function settle(captured: Captured): Promise<void> {
  const mark = `mark-${++marks}`;
  await captured.run(`{const p=document.createElement("p");p.className="${mark}";document.body.append(p);
const s=document.querySelectorAll("style");s[s.length-1].sheet.insertRule(".${mark}{top:0}");
const c=new CSSStyleSheet();c.replaceSync(".a${mark}{top:0}");document.adoptedStyleSheets.push(c);}`);
  await captured.until((told, { rules }) => {
    const sheets = [...rules.values()].flat().join();
    return (
      told.includes(`class="${mark}"`) && sheets.includes(`.${mark} {`) && sheets.includes(`.a${mark} {`)
    );
  });
}

const SETTINGS = [
  { name: "default", rules: RULES, may: [...names("listed"), ...names("shown")] },
  { name: "allow-list", rules: { ...RULES, mode: "allow-list" }, may: names("shown") },
  { name: "a mask that does not parse", rules: { ...RULES, mask: [".masked", "..x["] }, may: FORM },
  { name: "a key that is no key", rules: { ...RULES, masks: [".masked"] }, may: FORM },
] as const;

describe("what leaves the page", () => {
  it.each(SETTINGS)(
    `[MI30] $name: 0 of ${never.length} secrets, and what may be seen`,
    async ({ rules, may }) => {
      const captured = await bench.open(LEAK_PAGE, rules);
      await settle(captured);
      await captured.run(LATER);
      await settle(captured);
      await captured.run("captureProbe.capture.sendFull()");
      await captured.until(() => captured.frames.filter(({ kind }) => kind === "full").length > 1);
      const leaving = secretsIn(captured.frames);
      await captured.page.close();
      expect(leaving.filter((id) => never.includes(id))).toEqual([]);
      expect(leaving.toSorted()).toEqual([...may].toSorted());
      expect(captured.errors).toEqual([]);
    },
  );
});
