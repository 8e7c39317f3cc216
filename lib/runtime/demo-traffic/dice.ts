/** Seeded chance: the same seed throws the same, on every machine. */
import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Dice {
  chance(share: number): boolean;
  /** Both ends included. */
  int(min: number, max: number): number;
  between(min: number, max: number): number;
  /** @throws RangeError for an empty list */
  pick<T>(from: readonly T[]): T;
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T;
  /** Log-normal, as waiting and reading times are: half of them below the median. */
  about(median: number, spread: number): number;
  /** Of a mean of nought and a deviation of one. */
  normal(): number;
  bytes(into: Uint8Array): Uint8Array;
  /** Begins with its time, and is told apart from all others by its version, 8 (RFC 9562, "custom"). */
  id(at: number): string;
}

/** Where a generated id carries its version, counted from 1 as SQL does, and which it is. */
export const VERSION_PLACE = 15;
export const GENERATED_VERSION = "8";

/** @param space two that throw the same make ids of their own by it: a shop's id */
export function openDice(seed: number, space: string): Dice {
  const own = createHash("sha256").update(space).digest("hex");
  const source = xoroshiro128plus(seed);
  const fraction = () => uniformFloat64(source);
  const int = (min: number, max: number) => uniformInt(source, min, max);
  const hex = (digits: number) =>
    int(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, "0");
  // Box and Muller (1958); 1 - fraction, because there is no logarithm of nought.
  const normal = () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
  return {
    chance: (share) => fraction() < share,
    int,
    between: (min, max) => min + fraction() * (max - min),
    pick(from) {
      const found = from[int(0, from.length - 1)];
      if (found === undefined) throw new RangeError("nothing to pick from");
      return found;
    },
    weighted(from) {
      let left = fraction() * from.reduce((sum, each) => sum + each.weight, 0);
      const found = from.find((each) => {
        left -= each.weight;
        return left < 0;
      });
      const chosen = found ?? from.at(-1);
      if (chosen === undefined) throw new RangeError("nothing to pick from");
      return chosen;
    },
    about: (median, spread) => median * Math.exp(spread * normal()),
    normal,
    bytes: (into) => into.map(() => int(0, 255)),
    id(at) {
      const time = Math.round(at).toString(16).padStart(12, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-${GENERATED_VERSION}${own.slice(0, 3)}-8${own.slice(3, 6)}-${hex(6)}${hex(6)}`;
    },
  };
}
