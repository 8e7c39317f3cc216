import { describe, expect, it } from "vitest";
import { cheapestOf, formatPrice, pricesOf } from "./format-price";

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

  it("[CA4] the variant offered first is the one whose price the catalogue shows", () => {
    const variant = (name: string, priceMinor: number, saleMinor: number | null) => ({
      name,
      priceMinor,
      saleMinor,
    });
    const all = [variant("a", 300, null), variant("b", 400, 200), variant("c", 200, null)];
    expect(cheapestOf(all)?.name).toBe("b");
    expect(cheapestOf([])).toBe(null);
  });
});
