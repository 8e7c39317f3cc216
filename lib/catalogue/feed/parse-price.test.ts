import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorDigits, parsePrice } from "./parse-price";

describe("prices", () => {
  it.each([
    ["29.90 EUR", 2_990, "EUR"],
    ["29.9 EUR", 2_990, "EUR"],
    ["30 EUR", 3_000, "EUR"],
    ["EUR 29.90", 2_990, "EUR"],
    ["1,299.00 usd", 129_900, "USD"],
    ["1299.00USD", 129_900, "USD"],
    ["1500 JPY", 1_500, "JPY"],
    ["1.234 KWD", 1_234, "KWD"],
    ["0.00 EUR", 0, "EUR"],
  ])("[CA21] %j is read exactly", (text, minor, currency) => {
    expect(parsePrice(text)).toEqual({ minor, currency });
  });

  it.each([
    "twelve EUR",
    "",
    "12",
    "EUR",
    "-5 EUR",
    "1,2 EUR",
    "12,50 EUR",
    "1e5 EUR",
    "12.00 XXQ",
    "EUR 12 EUR",
    "99999999999 EUR",
    "12 €",
  ])("[CA21] %j is no price", (text) => {
    expect(parsePrice(text)).toBeNull();
  });

  it("[CA21] every amount of every usual currency survives being written and read", () => {
    const currency = fc.constantFrom("EUR", "USD", "JPY", "KWD", "CHF", "GBP");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), currency, (minor, code) => {
        const digits = minorDigits(code) ?? 0;
        const text = `${(minor / 10 ** digits).toFixed(digits)} ${code}`;
        expect(parsePrice(text)).toEqual({ minor, currency: code });
      }),
    );
  });
});
