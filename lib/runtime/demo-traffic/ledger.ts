/**
 * Deals out yes and no by chance, but keeps an account: what a share still owes makes the next yes likelier. So what was
 * planted is there to within one or two, however few there are, and which ones it falls on is chance all the same.
 */
import type { Dice } from "./dice";

export interface Ledger {
  /** @param likely how probable it is here, where that is not the share itself */
  deal(share: number, likely?: number): boolean;
  /** It was decided elsewhere. */
  settle(share: number, outcome: boolean): void;
}

/** How much of the debt the next one is asked to pay. */
const PULL = 0.25;

export function openLedger(dice: Dice): Ledger {
  let owed = 0;
  const settle = (share: number, outcome: boolean) => {
    owed += share - (outcome ? 1 : 0);
  };
  return {
    settle,
    deal(share, likely = share) {
      const outcome = dice.chance(likely + owed * PULL);
      settle(share, outcome);
      return outcome;
    },
  };
}
