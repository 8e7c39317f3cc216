/**
 * Which products somebody looks at, is shown and buys. By popularity alone, each choice for itself: that two products go
 * together is planted for one pair, and for no other.
 */
import type { Dice } from "./dice";
import type { Effects, WorldProduct } from "./world";

interface Popular {
  readonly product: WorldProduct;
  readonly weight: number;
}

export interface Choice {
  /** Different ones. */
  some(count: number): WorldProduct[];
  /** What goes with these, by the planted pair; null nearly always. */
  companion(of: readonly WorldProduct[]): WorldProduct | null;
}

/** The most popular product is looked at about this many times as often as the least. */
const STEEPNESS = 3;

export function chooseFrom(dice: Dice, products: readonly WorldProduct[], pair: Effects["pair"]): Choice {
  const popular: Popular[] = products.map((product, index) => ({
    product,
    weight: STEEPNESS ** (1 - spread(index, products.length)),
  }));
  const second = products.find(({ externalId }) => externalId === pair.second) ?? null;
  return {
    some(count) {
      const chosen: WorldProduct[] = [];
      while (chosen.length < Math.min(count, products.length)) {
        const { product } = dice.weighted(popular.filter((each) => !chosen.includes(each.product)));
        chosen.push(product);
      }
      return chosen;
    },
    companion(of) {
      const has = (externalId: string) => of.some((product) => product.externalId === externalId);
      if (second === null || !has(pair.first) || has(pair.second)) return null;
      return dice.chance(pair.share) ? second : null;
    },
  };
}

/** 0 to 1, neighbours far apart, so that popularity follows neither the alphabet nor the kind of product. */
function spread(index: number, count: number): number {
  return ((index * 6) % count) / Math.max(1, count - 1);
}
