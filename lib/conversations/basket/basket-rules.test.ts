import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BASKET_LINES } from "@/lib/protocol/basket";
import { AppError } from "@/lib/protocol/errors";
import {
  type Change,
  changes,
  confirm,
  decline,
  isUnknown,
  type Line,
  mayConfirm,
  type Offer,
  PUT_WITHIN_MS,
  propose,
  seeInCart,
  settle,
  whereToPropose,
  withdraw,
} from "./basket-rules";

const start = new Date("2026-11-22T10:00:00Z");
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const offer: Offer = { externalId: "A-1", label: "Red", currency: "EUR", unitMinor: 1_000, quantity: 1 };
const price = { ok: true, unitMinor: 1_000, currency: "EUR" } as const;
const yes = { version: 1, quantity: 1, attempt: "tab-1-attempt" };

const proposed: Line = {
  ...offer,
  id: "line-1",
  productId: "product-1",
  beforeMinor: null,
  version: 1,
  state: "proposed",
  reason: null,
  attempt: null,
  putAt: null,
  cartBefore: 0,
  seenAt: null,
};
const put = (change: Partial<Line> = {}): Line => ({
  ...proposed,
  state: "putting",
  attempt: yes.attempt,
  putAt: start,
  ...change,
});

function codeOf(work: () => unknown): string {
  try {
    work();
    return "none";
  } catch (error) {
    return error instanceof AppError ? error.code : "thrown";
  }
}

describe("an agent's key", () => {
  it("[CO51] proposing what waits already is that line, another quantity a new version of it", () => {
    expect(whereToPropose([proposed], "A-1")).toBe(proposed);
    expect(whereToPropose([proposed], "A-2")).toBeNull();
    expect(whereToPropose([put()], "A-1")).toBeNull();
    expect(changes(propose(proposed, offer))).toBe(false);
    expect(propose(proposed, { ...offer, quantity: 3 })).toMatchObject({ quantity: 3, version: 2 });
  });

  it("[CO59] a full basket takes no further line", () => {
    const full = Array.from({ length: MAX_BASKET_LINES }, (_, i) => ({ ...proposed, externalId: `B-${i}` }));
    expect(codeOf(() => whereToPropose(full, "A-1"))).toBe("too_many");
    expect(whereToPropose(full, "B-3")).toBe(full[3]);
  });

  it("[CO52] change and withdraw reach only what waits; withdrawing twice is once", () => {
    expect(withdraw(proposed)).toEqual({ state: "withdrawn" });
    expect(changes(withdraw({ ...proposed, state: "withdrawn" }))).toBe(false);
    for (const state of ["putting", "in_cart", "refused", "declined"] as const) {
      expect(codeOf(() => withdraw({ ...proposed, state }))).toBe("conflict");
      expect(codeOf(() => propose({ ...proposed, state }, { ...offer, quantity: 2 }))).toBe("conflict");
    }
  });
});

describe("the customer's key", () => {
  it("[CO53] a yes to another version than the one proposed now is refused", () => {
    expect(mayConfirm(proposed, yes, start)).toBe(true);
    expect(codeOf(() => mayConfirm({ ...proposed, version: 2 }, yes, start))).toBe("conflict");
    for (const state of ["withdrawn", "declined"] as const) {
      expect(codeOf(() => mayConfirm({ ...proposed, state }, yes, start))).toBe("conflict");
    }
  });

  it("[CO53] no thanks reaches only what waits; twice is once", () => {
    expect(decline(proposed)).toEqual({ state: "declined" });
    expect(changes(decline({ ...proposed, state: "declined" }))).toBe(false);
    expect(codeOf(() => decline(put()))).toBe("conflict");
  });

  it("[CO54] sold out and gone are refused with the reason, another price asks again with both", () => {
    const soldOut = confirm(proposed, yes, { ok: false, reason: "out_of_stock", available: null }, 0, start);
    expect(soldOut).toMatchObject({ state: "refused", reason: "out_of_stock", attempt: null });
    const dearer = confirm(proposed, { ...yes, quantity: 2 }, { ...price, unitMinor: 1_200 }, 0, start);
    const asked = { state: "proposed", unitMinor: 1_200, beforeMinor: 1_000, quantity: 2, version: 2 };
    expect(dearer).toMatchObject(asked);
    const elsewhere = confirm(proposed, yes, { ...price, currency: "CHF" }, 0, start);
    expect(elsewhere).toMatchObject({ state: "proposed", currency: "CHF", beforeMinor: null });
  });

  it("[CO54] fewer than she wants asks her about those", () => {
    const few = { ok: false, reason: "not_enough", available: 2 } as const;
    const change = confirm(proposed, { ...yes, quantity: 5 }, few, 0, start);
    expect(change).toMatchObject({ state: "proposed", reason: "not_enough", quantity: 2, version: 2 });
    const agreed = confirm({ ...proposed, ...change }, { ...yes, version: 2, quantity: 2 }, price, 0, start);
    expect(agreed).toMatchObject({ state: "putting", reason: null, quantity: 2 });
  });

  it("[CO55] the first yes names the tab; a second one changes nothing while it is put, or once it is in", () => {
    const change = confirm(proposed, { ...yes, quantity: 4 }, price, 2, start);
    expect(change).toMatchObject({ state: "putting", attempt: yes.attempt, quantity: 4, cartBefore: 2 });
    expect(mayConfirm(put(), { ...yes, attempt: "tab-2-attempt" }, later(1_000))).toBe(false);
    expect(mayConfirm(put({ state: "in_cart" }), yes, later(1_000))).toBe(false);
  });
});

describe("what the shop's page says", () => {
  it("[CO56] its yes puts it in the cart, its no comes with the reason", () => {
    const { attempt } = yes;
    expect(settle(put(), { attempt, ok: true, reason: "" })).toEqual({ state: "in_cart", reason: null });
    const no = settle(put(), { attempt, ok: false, reason: "out_of_stock" });
    expect(no).toEqual({ state: "refused", reason: "out_of_stock" });
    expect(codeOf(() => settle(proposed, { attempt, ok: true, reason: "" }))).toBe("conflict");
  });

  it("[CO57] without an answer it is unknown and can be tried again, compared with the cart before the first try", () => {
    expect(isUnknown(put(), later(PUT_WITHIN_MS - 1))).toBe(false);
    expect(isUnknown(put(), later(PUT_WITHIN_MS))).toBe(true);
    const timedOut = later(PUT_WITHIN_MS);
    expect(mayConfirm(put(), { ...yes, attempt: "tab-2-attempt" }, timedOut)).toBe(true);
    const again = confirm(put({ cartBefore: 1 }), { ...yes, attempt: "tab-2-attempt" }, price, 3, timedOut);
    expect(again).toMatchObject({ state: "putting", attempt: "tab-2-attempt", cartBefore: 1 });
  });

  it("[CO57] a late yes counts, a late no of an earlier try does not", () => {
    const second = put({ attempt: "tab-2-attempt", putAt: later(PUT_WITHIN_MS) });
    expect(changes(settle(second, { attempt: yes.attempt, ok: false, reason: "failed" }))).toBe(false);
    expect(settle(second, { attempt: yes.attempt, ok: true, reason: "" })).toMatchObject({
      state: "in_cart",
    });
    const refused = put({ state: "refused", reason: "out_of_stock" });
    expect(settle(refused, { attempt: yes.attempt, ok: true, reason: "" })).toMatchObject({
      state: "in_cart",
    });
  });

  it("[CO56] a cart with more of it than before confirms it, once; one with as many says nothing", () => {
    const inCart = put({ state: "in_cart", cartBefore: 2 });
    expect(changes(seeInCart(inCart, 2, start))).toBe(false);
    expect(seeInCart(inCart, 3, start)).toMatchObject({ state: "in_cart", seenAt: start });
    expect(changes(seeInCart({ ...inCart, seenAt: start }, 4, start))).toBe(false);
    expect(changes(seeInCart(proposed, 4, start))).toBe(false);
  });
});

describe("whatever happens in whatever order", () => {
  const everyAct = [
    "propose",
    "withdraw",
    "decline",
    "yes",
    "yes-dearer",
    "page-yes",
    "page-no",
    "cart",
  ] as const;
  type Act = (typeof everyAct)[number];
  const acts = fc.constantFrom(...everyAct);

  /** Nobody knows whether her first yes arrived; she is asked for more, it is taken back, and the cart shows the first. */
  const yesThenOtherTerms: { act: Act; wait: number; n: number }[] = [
    { act: "yes", wait: 0, n: 0 },
    { act: "yes-dearer", wait: PUT_WITHIN_MS, n: 0 },
    { act: "withdraw", wait: 0, n: 0 },
    { act: "cart", wait: 0, n: 1 },
  ];

  it("[CO53] nothing is in the cart without her yes to the terms that are put, and what is in stays in", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ act: acts, wait: fc.nat(60_000), n: fc.nat(3) })), (steps) => {
        let line = proposed;
        let now = start;
        let agreed: string | null = null;
        for (const { act, wait, n } of steps) {
          now = new Date(now.getTime() + wait);
          const before = line;
          try {
            line = { ...line, ...step(line, act, n, now) };
          } catch (error) {
            if (!(error instanceof AppError) || error.code !== "conflict") throw error;
          }
          if (line.state === "putting" && act === "yes") agreed = termsOf(line);
          if (line.state === "putting" || line.state === "in_cart") expect(termsOf(line)).toBe(agreed);
          if (before.state === "in_cart") expect(line.state).toBe("in_cart");
          expect(line.version).toBeGreaterThanOrEqual(before.version);
        }
      }),
      { examples: [[yesThenOtherTerms]] },
    );
  });

  const termsOf = ({ externalId, unitMinor, currency, quantity }: Line) =>
    [externalId, unitMinor, currency, quantity].join(" ");

  function step(line: Line, act: Act, n: number, now: Date): Change {
    const attempt = `attempt-${n}`;
    switch (act) {
      case "propose":
        return propose(line, { ...offer, unitMinor: line.unitMinor, quantity: n + 1 });
      case "withdraw":
        return withdraw(line);
      case "decline":
        return decline(line);
      case "yes":
      case "yes-dearer": {
        const answer = { version: line.version, quantity: n + 1, attempt };
        if (!mayConfirm(line, answer, now)) return {};
        const unitMinor = line.unitMinor + (act === "yes" ? 0 : 100);
        return confirm(line, answer, { ok: true, unitMinor, currency: line.currency }, 0, now);
      }
      case "page-yes":
      case "page-no":
        return settle(line, { attempt, ok: act === "page-yes", reason: "refused" });
      default:
        return seeInCart(line, n, now);
    }
  }
});
