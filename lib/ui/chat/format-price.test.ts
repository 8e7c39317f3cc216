import { describe, expect, it } from "vitest";
import { formatPrice, pricesOf } from "./format-price";

const plain = (text: string) => text.replace(/\s/gu, " ");

describe("prices", () => {
  it("[CH16] digits are the currency's own, words the reader's", () => {
    expect(plain(formatPrice(129_900, "EUR", "de"))).toBe("1.299,00 €");
    expect(plain(formatPrice(129_900, "EUR", "en"))).toBe("€1,299.00");
    expect(plain(formatPrice(1_299, "JPY", "en"))).toBe("¥1,299");
  });

  it("[CH17] a former price is shown only when the current one is lower", () => {
    expect(pricesOf({ priceMinor: 100, saleMinor: 80 })).toEqual({ now: 80, before: 100 });
    expect(pricesOf({ priceMinor: 100, saleMinor: 100 })).toEqual({ now: 100, before: null });
    expect(pricesOf({ priceMinor: 100, saleMinor: null })).toEqual({ now: 100, before: null });
    expect(pricesOf({ priceMinor: null, saleMinor: null })).toEqual({ now: null, before: null });
  });
});
