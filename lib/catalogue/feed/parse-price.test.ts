import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorDigits } from "@/lib/protocol/minor-digits";
import { parsePrice } from "./parse-price";

const none = { currency: null };
const euro = { currency: "EUR" };

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
    ["12,50 EUR", 1_250, "EUR"],
    ["1.299,00 €", 129_900, "EUR"],
    ["€ 1.299,00", 129_900, "EUR"],
    ["1 299,00 €", 129_900, "EUR"],
    ["1\u00a0299,00\u00a0€", 129_900, "EUR"],
    ["CHF 1'299.50", 129_950, "CHF"],
    ["1,299 EUR", 129_900, "EUR"],
    ["1.299 EUR", 129_900, "EUR"],
    ["1.299.000 EUR", 129_900_000, "EUR"],
    ["0.299 EUR", 30, "EUR"],
    ["8.264463 EUR", 826, "EUR"],
    ["1.005 KWD", 1_005, "KWD"],
    ["$12.50", 1_250, "USD"],
    ["49,00 zł", 4_900, "PLN"],
  ])("[CA21] %j is read exactly", (text, minor, currency) => {
    expect(parsePrice(text, none)).toEqual({ minor, currency });
  });

  it.each([
    ["12,5", 1_250],
    ["1.299,00", 129_900],
    ["1,299.00", 129_900],
    ["12", 1_200],
  ])("[CA21] %j is in the feed's own currency", (text, minor) => {
    expect(parsePrice(text, euro)).toEqual({ minor, currency: "EUR" });
  });

  it("[CA21] a sign that several currencies share means the shop's own", () => {
    expect(parsePrice("$10", { currency: "CAD" })).toEqual({ minor: 1_000, currency: "CAD" });
    expect(parsePrice("$10", { currency: "EUR" })).toEqual({ minor: 1_000, currency: "USD" });
  });

  it("[CA21] a feed may say its decimal sign once for all", () => {
    expect(parsePrice("1.299", { currency: "EUR", decimal: "." })?.minor).toBe(130);
    expect(parsePrice("1.299", { currency: "EUR", decimal: "," })?.minor).toBe(129_900);
    expect(parsePrice("1,5", { currency: "EUR", decimal: "." })).toBeNull();
  });

  it.each([
    "twelve EUR",
    "",
    "12",
    "EUR",
    "NaN EUR",
    "Infinity EUR",
    "-5 EUR",
    "1e5 EUR",
    "12.00 XXQ",
    "EUR 12 EUR",
    "€ 12 EUR",
    "99999999999 EUR",
    "1,23,456 EUR",
    "1.299.00 EUR",
    "1 29 EUR",
    "12..5 EUR",
    "1.2345678 EUR",
    "from 12 EUR",
  ])("[CA21] %j is no price", (text) => {
    expect(parsePrice(text, none)).toBeNull();
  });

  it("[CA21] every amount of every usual currency survives being written and read, in every usual way", () => {
    const currency = fc.constantFrom("EUR", "USD", "JPY", "KWD", "CHF", "GBP");
    const locale = fc.constantFrom("en", "de", "it", "es", "de-CH");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), currency, locale, (minor, code, language) => {
        const digits = minorDigits(code) ?? 0;
        const amount = minor / 10 ** digits;
        const plain = `${amount.toFixed(digits)} ${code}`;
        expect(parsePrice(plain, none)).toEqual({ minor, currency: code });
        const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
        const written = `${new Intl.NumberFormat(language, form).format(amount)} ${code}`;
        // Without cents a lone group of three could be either; then the currency decides, and KWD means fractions.
        if (digits === 2) expect(parsePrice(written, none), written).toEqual({ minor, currency: code });
      }),
    );
  });
});
