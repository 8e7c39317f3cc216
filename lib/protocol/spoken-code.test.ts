import { expect, it } from "vitest";
import { inThrees, readSpokenCode, SPOKEN_CODES, spokenCodeOf } from "./spoken-code";

/** Spread over all that there are. */
const numbers = Array.from({ length: 200 }, (_, index) => (index * 7_368_787) % SPOKEN_CODES);

it("[CO110] a code has nine digits and is read with whatever stands between them", () => {
  // Damm's own example: 572 has the check digit 4.
  expect(spokenCodeOf(572)).toBe("000005724");
  for (const number of numbers) {
    const code = spokenCodeOf(number);
    expect(code).toMatch(/^\d{9}$/);
    expect(readSpokenCode(code)).toBe(code);
    expect(readSpokenCode(` ${inThrees(code).replaceAll(" ", " - ")} `)).toBe(code);
  }
});

it("[CO110] one wrong digit, or two neighbours in the wrong order, make no other code", () => {
  for (const code of numbers.map(spokenCodeOf)) {
    for (let at = 0; at < 9; at++) {
      for (let digit = 0; digit < 10; digit++) {
        const wrong = code.slice(0, at) + digit + code.slice(at + 1);
        expect(readSpokenCode(wrong), wrong).toBe(wrong === code ? code : null);
      }
      const turned = code.slice(0, at) + (code[at + 1] ?? "") + (code[at] ?? "") + code.slice(at + 2);
      if (at < 8) expect(readSpokenCode(turned), turned).toBe(turned === code ? code : null);
    }
  }
});

it("[CO110] anything else is no code", () => {
  for (const text of ["", "12345678", "1234567890", "12345678a", "１２３４５６７８９", "0".repeat(5_000)])
    expect(readSpokenCode(text), text.slice(0, 12)).toBeNull();
});
