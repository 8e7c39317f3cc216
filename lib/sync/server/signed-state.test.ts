import { describe, expect, it } from "vitest";
import { participantIdSchema } from "@/lib/protocol/ids";
import { signedState } from "./signed-state";

const own = participantIdSchema.parse("11111111-1111-1111-1111-111111111111");
const victim = "22222222-2222-2222-2222-222222222222";
const who = { participantId: own, name: 'Anna "A" \\ Ünal', role: "agent", color: 3 } as const;
const shown = { name: who.name, role: who.role, color: who.color };

const sign = (text: string) => signedState(text, JSON.parse(text) as Record<string, unknown>, who);
/** Keys of the outermost object as they are written, whatever a parser makes of equal ones. */
const occurrences = (json: string, word: string) => json.split(word).length - 1;

describe("presence as it is passed on", () => {
  it("[SY19] an honest state is passed on as it came, with who it is", () => {
    const text = `{"participantId":"${own}","pointer":{"x":1.50,"name":"ü"}}`;
    expect(sign(text)).toBe(`${text.slice(0, -1)},"who":${JSON.stringify(shown)}}`);
    expect(JSON.parse(sign(text))).toEqual({ ...JSON.parse(text), who: shown });
  });

  it.each([
    ["says nothing", "{}"],
    ["is empty but for blanks", " { } "],
    ["says who", `{"participantId":"${own}","who":{"name":"Boss"}}`],
    ["spells who with escapes", `{"participantId":"${own}","\\u0077ho":{"name":"Boss"}}`],
    ["names another first", `{"participantId":"${victim}","participantId":"${own}"}`],
    ["names another first, in escapes", `{"\\u0070articipantId":"${victim}","participantId":"${own}"}`],
    ["names another later, in escapes", `{"participantId":"${own}","participant\\u0049d":"${own}"}`],
    ["names another inside", `{"participantId":"${own}","draft":{"participantId":"${victim}"}}`],
    [
      "names another in its prototype",
      `{"participantId":"${own}","__proto__":{"who":1,"participantId":"${victim}"}}`,
    ],
    ["names itself in its prototype only", `{"__proto__":{"participantId":"${own}"}}`],
    ["ends with blanks", `{"participantId":"${own}"} \n`],
  ])("[SY19] a state that %s is signed all the same, once", (_what, text) => {
    const signed = sign(text);
    const parsed = JSON.parse(signed) as Record<string, unknown>;
    expect(Object.entries(parsed)).toEqual(
      expect.arrayContaining([
        ["participantId", own],
        ["who", shown],
      ]),
    );
    const { draft, ["__proto__"]: hidden, ...outer } = parsed;
    expect(JSON.stringify(outer)).not.toContain(victim);
    expect(occurrences(signed, '"who":{"name":"Boss"}')).toBe(0);
    const inner = occurrences(JSON.stringify([draft, hidden]), '"participantId"');
    expect(occurrences(signed, '"participantId"') - inner).toBe(1);
  });
});
