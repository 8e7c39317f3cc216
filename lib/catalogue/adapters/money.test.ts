import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalToMinor, formattedToMinor, minorToDecimal } from "./money";

describe("amounts of platforms", () => {
  it.each<[string | number, string, number]>([
    ["23.900000", "EUR", 2_390],
    [29.99, "EUR", 2_999],
    [0.1 + 0.2, "EUR", 30],
    ["8.2", "USD", 820],
    ["19", "EUR", 1_900],
    ["19.", "EUR", 1_900],
    ["28.675", "EUR", 2_868],
    ["28.674999", "EUR", 2_867],
    ["1500", "JPY", 1_500],
    ["1.2345", "KWD", 1_235],
  ])("[CA113] %j of %s is %i", (amount, currency, minor) => {
    expect(decimalToMinor(amount, currency)).toBe(minor);
  });

  it.each<[string | number, string]>([
    ["", "EUR"],
    ["-1", "EUR"],
    ["1e3", "EUR"],
    [Number.NaN, "EUR"],
    [1e21, "EUR"],
    ["1,50", "EUR"],
    ["12.00", "XXQ"],
    ["99999999999", "EUR"],
    ["9".repeat(10_000), "EUR"],
  ])("[CA113] %j of %s is none", (amount, currency) => {
    expect(decimalToMinor(amount, currency)).toBeNull();
  });

  it("[CA113] what is written for a platform is read as the same", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.constantFrom("EUR", "JPY", "KWD"),
        (minor, currency) => {
          expect(decimalToMinor(minorToDecimal(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });
});

describe("prices as shoppers read them", () => {
  it.each([
    ["29,90 €", "EUR", 2_990],
    ["€ 29.90", "EUR", 2_990],
    ["1.299,00 €", "EUR", 129_900],
    ["$1,299.00", "USD", 129_900],
    ["1 299,5 kr", "SEK", 129_950],
    ["CHF 1'299.00", "CHF", 129_900],
    ["1.299 €", "EUR", 129_900],
    ["1,299 USD", "USD", 129_900],
    ["12 €", "EUR", 1_200],
    ["¥1,500", "JPY", 1_500],
    ["1.234 KD", "KWD", 1_234],
    ["1.234.567,89 €", "EUR", 123_456_789],
  ])("[CA113] %j of %s is %i", (text, currency, minor) => {
    expect(formattedToMinor(text, currency)).toBe(minor);
  });

  it.each([
    "",
    "on request",
    "from 12 € to 15 €",
    "-5,00 €",
    "1.2.3,00 €",
    "1,2999 €",
    "12.34.56",
    "1.29,9.00",
  ])("[CA113] %j is none", (text) => {
    expect(formattedToMinor(text, "EUR")).toBeNull();
  });

  it("[CA113] what a browser's language writes is read exactly", () => {
    const locales = fc.constantFrom("en", "de", "it", "es", "fr", "de-CH", "sv", "en-IN");
    const currencies = fc.constantFrom("EUR", "USD", "JPY", "CHF");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), locales, currencies, (minor, locale, currency) => {
        const format = new Intl.NumberFormat(locale, {
          style: "currency",
          currency,
          currencyDisplay: "code",
        });
        const text = format.format(Number(minorToDecimal(minor, currency)));
        const read = formattedToMinor(text, currency);
        // India groups by two digits, which other languages never do: refused above ten thousand, never misread.
        expect(locale === "en-IN" && read === null ? minor : read).toBe(minor);
      }),
    );
  });
});
