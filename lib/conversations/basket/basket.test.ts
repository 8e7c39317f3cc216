import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createStorefront } from "@/lib/catalogue/storefronts/storefronts";
import { MAX_BASKET_LINES } from "@/lib/protocol/basket";
import {
  type BasketTalk,
  type BasketWorld,
  codeOf,
  linesOf,
  noticesOf,
  proposalsOf,
  propose,
  sayYes,
  startBasketWorld,
  statesOf,
} from "@/tests/support/basket-world";
import { until } from "@/tests/support/sync/until";
import { loadBasket } from "./basket-rows";
import { PUT_WITHIN_MS } from "./basket-rules";

describe.each(["postgres", "pglite"] as const)("the basket on %s", (engine) => {
  let world: BasketWorld;
  let talk: BasketTalk;
  let dress: Awaited<ReturnType<BasketWorld["dress"]>>;
  beforeAll(async () => {
    world = await startBasketWorld(engine);
  });
  afterAll(async () => {
    expect(world.faults).toEqual([]);
    await world.close();
  });
  beforeEach(async () => {
    talk = await world.talk();
    dress = await world.dress();
  });

  const both = async (what: string, states: readonly string[]) =>
    until(what, () => [talk.anna, talk.bea].every((room) => statesOf(room).join() === states.join()));
  const result = (attempt: string, ok: boolean, reason = "") => {
    const [line] = linesOf(talk.bea);
    return talk.bea.request({ type: "basket-result", lineId: line?.lineId ?? "", attempt, ok, reason });
  };
  const facts = async () =>
    (
      await world.db.event.findMany({
        where: { conversationId: talk.conversationId, type: { startsWith: "basket_" } },
        orderBy: { receivedAt: "asc" },
      })
    ).map(({ type, source }) => `${type} ${source}`);
  const setPrice = (externalId: string, data: { priceMinor?: number; availability?: string }) =>
    world.db.variant.update({
      where: { shopId_externalId: { shopId: world.shopId, externalId } },
      data,
    });

  it("[CO96] at another storefront's price she is asked again, in its currency", async () => {
    await propose(talk.anna, dress.productId, dress.ids[1], 1);
    await both("proposed", ["proposed"]);
    const name = { name: "UK", locale: "en", currency: "GBP", origins: [] };
    const storefrontId = await createStorefront(world.shopId, name);
    await world.db.productVersion.create({
      data: {
        ...{
          storefrontId,
          productId: dress.productId,
          shopId: world.shopId,
          externalId: "dress",
          title: "Frock",
        },
        variants: { create: { externalId: dress.ids[1], currency: "GBP", priceMinor: 7_500 } },
      },
    });
    const where = { id: talk.conversationId };
    await world.db.conversation.update({ where, data: { storefrontId } });
    await sayYes(talk.bea);
    await until("asked again", () => linesOf(talk.bea)[0]?.version === 2);
    expect(linesOf(talk.bea)[0]).toMatchObject({ unitMinor: 7_500, currency: "GBP", beforeMinor: null });
    // What is proposed from now on is what the storefront has.
    const hat = await world.dress();
    expect(await codeOf(propose(talk.anna, hat.productId, hat.ids[0], 1))).toBe("not_found");
  });

  it("[CO50] a proposal is a message and a line, with what the catalogue says of it", async () => {
    await propose(talk.anna, dress.productId, dress.ids[1], 2);
    await both("proposed", ["proposed"]);
    const said = { title: "Linen dress", label: "M", unitMinor: 8_900, currency: "EUR", quantity: 2 };
    expect(linesOf(talk.bea)[0]).toMatchObject({ ...said, version: 1, beforeMinor: null, seen: false });
    await until("said", () => proposalsOf(talk.bea).length === 1);
    expect(proposalsOf(talk.bea)[0]).toMatchObject({ ...said, lineId: linesOf(talk.bea)[0]?.lineId });
    const late = await talk.tab();
    await until("who comes later sees it, too", () => statesOf(late).join() === "proposed");
  });

  it("[CO50] nobody but an agent proposes, and only what her shop sells", async () => {
    const foreign = await world.dress(world.other);
    const [small, , soldOut] = dress.ids;
    expect(await codeOf(propose(talk.bea, dress.productId, small))).toBe("forbidden");
    expect(await codeOf(propose(talk.anna, foreign.productId, foreign.ids[0]))).toBe("not_found");
    expect(await codeOf(propose(talk.anna, dress.productId, foreign.ids[0]))).toBe("not_found");
    expect(await codeOf(propose(talk.anna, dress.productId, soldOut))).toBe("conflict");
    expect(await codeOf(propose(talk.anna, dress.productId, "a\0b"))).toBe("not_found");
    expect(linesOf(talk.anna)).toEqual([]);
  });

  it("[CO50] who only watches neither proposes nor answers", async () => {
    const carla = await talk.watcher();
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await until("she sees it", () => statesOf(carla).length === 1);
    expect(await codeOf(propose(carla, dress.productId, dress.ids[1]))).toBe("forbidden");
    expect(await codeOf(sayYes(carla))).toBe("forbidden");
  });

  it("[CO51] the same variant again is the same line, and is said once", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await Promise.all([1, 1, 3].map((pieces) => propose(talk.anna, dress.productId, dress.ids[0], pieces)));
    await until("there", () => linesOf(talk.bea).length === 1);
    expect(await world.db.basketLine.count({ where: { conversationId: talk.conversationId } })).toBe(1);
    await until("said", () => proposalsOf(talk.bea).length === 1);
  });

  it("[CO52] while it waits the agent changes and withdraws it; then no more", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    const lineId = linesOf(talk.anna)[0]?.lineId ?? "";
    await talk.anna.request({ type: "basket-change", lineId, externalId: dress.ids[1], quantity: 3 });
    await until("changed", () => linesOf(talk.bea)[0]?.version === 2);
    expect(linesOf(talk.bea)[0]).toMatchObject({ externalId: dress.ids[1], label: "M", quantity: 3 });
    expect(await codeOf(talk.bea.request({ type: "basket-withdraw", lineId }))).toBe("forbidden");
    await talk.anna.request({ type: "basket-withdraw", lineId });
    await both("withdrawn", ["withdrawn"]);
    expect(await codeOf(sayTo(lineId, 2))).toBe("conflict");
    const again = { type: "basket-change", lineId, externalId: dress.ids[0], quantity: 1 } as const;
    expect(await codeOf(talk.anna.request(again))).toBe("conflict");
  });

  const sayTo = (lineId: string, version: number) =>
    talk.bea.request({
      type: "basket-confirm",
      attempt: randomUUID(),
      lines: [{ lineId, version, quantity: 1 }],
    });

  it("[CO53] a yes to what has changed since, or is another conversation's, is refused; an agent's yes is none", async () => {
    const elsewhere = await world.talk();
    await propose(elsewhere.anna, dress.productId, dress.ids[0]);
    await until("there", () => linesOf(elsewhere.anna).length === 1);
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await propose(talk.anna, dress.productId, dress.ids[0], 2);
    await until("changed", () => linesOf(talk.bea)[0]?.version === 2);
    expect(await codeOf(sayYes(talk.bea, { version: 1 }))).toBe("conflict");
    expect(await codeOf(sayYes(talk.anna))).toBe("forbidden");
    expect(await codeOf(sayTo(linesOf(elsewhere.anna)[0]?.lineId ?? "", 1))).toBe("not_found");
    expect(statesOf(talk.bea)).toEqual(["proposed"]);
  });

  it("[CO53] no thanks is told to both, and recorded", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    const lineIds = linesOf(talk.bea).map(({ lineId }) => lineId);
    await Promise.all([1, 2].map(() => talk.bea.request({ type: "basket-decline", lineIds })));
    await both("declined", ["declined"]);
    await until("told", () => noticesOf(talk.anna).at(-1)?.code === "basket_declined");
    expect(noticesOf(talk.anna).at(-1)?.name).toBe("Linen dress, S");
    expect(await facts()).toEqual(["basket_proposed server", "basket_declined server"]);
    expect(await codeOf(sayTo(lineIds[0] ?? "", 1))).toBe("conflict");
  });

  it("[CO54] what has sold out meanwhile is refused with the reason, before the shop's page is asked", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await setPrice(dress.ids[0], { availability: "out_of_stock" });
    await sayYes(talk.bea);
    await both("refused", ["refused"]);
    expect(linesOf(talk.anna)[0]).toMatchObject({ reason: "out_of_stock", attempt: null });
    await until("told", () => noticesOf(talk.anna).at(-1)?.code === "basket_refused");
    expect(noticesOf(talk.anna).at(-1)?.reason).toBe("out_of_stock");
    expect(await facts()).toEqual(["basket_proposed server"]);
  });

  it("[CO54] another price asks her again with both, and her yes to the new one goes on", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await setPrice(dress.ids[0], { priceMinor: 9_900 });
    await sayYes(talk.bea, { quantity: 2 });
    await until("asked again", () => linesOf(talk.bea)[0]?.version === 2);
    expect(linesOf(talk.bea)[0]).toMatchObject({
      state: "proposed",
      unitMinor: 9_900,
      beforeMinor: 8_900,
      quantity: 2,
    });
    await sayYes(talk.bea);
    await both("goes on", ["putting"]);
  });

  it("[CO54] what is no longer in the catalogue is gone", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await world.db.product.update({ where: { id: dress.productId }, data: { active: false } });
    await sayYes(talk.bea);
    await both("refused", ["refused"]);
    expect(linesOf(talk.bea)[0]?.reason).toBe("gone");
  });

  it("[CO55] two tabs and a double click are one yes: the first one's tab puts it", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    const second = await talk.tab();
    await until("there, too", () => statesOf(second).length === 1);
    const attempts = await Promise.all([talk.bea, talk.bea, second].map((room) => sayYes(room)));
    await both("once", ["putting"]);
    expect(attempts).toContain(linesOf(talk.bea)[0]?.attempt);
    expect(await facts()).toEqual(["basket_proposed server", "basket_confirmed server"]);
    await result(linesOf(talk.bea)[0]?.attempt ?? "", true);
    await both("in", ["in_cart"]);
    expect(await codeOf(sayTo(linesOf(talk.bea)[0]?.lineId ?? "", 1))).toBe("none");
    expect(statesOf(talk.bea)).toEqual(["in_cart"]);
  });

  it("[CO56] the page's yes is told to both and kept as a claim until the cart confirms it", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    const attempt = await sayYes(talk.bea);
    await result(attempt, true);
    await result(attempt, true);
    await both("in", ["in_cart"]);
    await until("told", () => noticesOf(talk.anna).at(-1)?.code === "basket_in_cart");
    expect(linesOf(talk.anna)[0]?.seen).toBe(false);
    await talk.tellCart([{ id: dress.ids[0], quantity: 1 }]);
    await until("confirmed", () => linesOf(talk.anna)[0]?.seen === true);
    const recorded = ["basket_proposed server", "basket_confirmed server", "basket_in_cart browser"];
    expect(await facts()).toEqual(recorded);
    expect(noticesOf(talk.anna).filter(({ code }) => code === "basket_in_cart")).toHaveLength(1);
  });

  it("[CO56] the page's no comes with its reason, in the shop's own words too; she may try again", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await result(await sayYes(talk.bea), false, "Only for members\0");
    await both("refused", ["refused"]);
    expect(linesOf(talk.anna)[0]?.reason).toBe("Only for members");
    const attempt = await sayYes(talk.bea);
    await both("again", ["putting"]);
    await result(attempt, true);
    await both("in", ["in_cart"]);
  });

  it("[CO56] only the customer says what her page answered", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    const lineId = linesOf(talk.bea)[0]?.lineId ?? "";
    const said = { type: "basket-result", lineId, ok: true, reason: "" } as const;
    expect(await codeOf(talk.bea.request({ ...said, attempt: randomUUID() }))).toBe("conflict");
    const attempt = await sayYes(talk.bea);
    expect(await codeOf(talk.anna.request({ ...said, attempt }))).toBe("forbidden");
    expect(statesOf(talk.bea)).toEqual(["putting"]);
  });

  const timeOut = () =>
    world.db.basketLine.updateMany({
      where: { conversationId: talk.conversationId },
      data: { putAt: new Date(Date.now() - PUT_WITHIN_MS - 1_000) },
    });

  it("[CO57] without an answer it reads unknown, and a new yes tries again", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await sayYes(talk.bea);
    const now = new Date();
    const read = await loadBasket(talk.conversationId, now);
    expect(read.staleAt).toBeLessThanOrEqual(now.getTime() + PUT_WITHIN_MS);
    await timeOut();
    expect((await loadBasket(talk.conversationId, now)).basket.lines[0]?.state).toBe("unknown");
    const reloaded = await talk.tab();
    await talk.bea.request({ type: "basket-decline", lineIds: [randomUUID()] }).catch(() => undefined);
    await until("unknown", () => statesOf(reloaded).length === 1);
    const lineId = linesOf(reloaded)[0]?.lineId ?? "";
    await sayTo(lineId, 1);
    await until("again", () => statesOf(talk.bea)[0] === "putting");
    const row = await world.db.basketLine.findUniqueOrThrow({ where: { id: lineId } });
    expect(row.putAt?.getTime()).toBeGreaterThanOrEqual(now.getTime());
  });

  it("[CO57] a cart that holds more of it than before settles it, and a new yes puts nothing", async () => {
    await talk.tellCart([{ id: dress.ids[0], quantity: 2 }]);
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await sayYes(talk.bea);
    await both("asked", ["putting"]);
    await timeOut();
    // Told by another tab of hers, and the room was not: only what is stored.
    const cart = { currency: "EUR", lines: [{ externalId: dress.ids[0], quantity: 3 }] };
    const { shopId, visitorId } = { shopId: world.shopId, visitorId: talk.visitorId };
    await world.db.event.create({
      data: {
        shopId,
        visitorId,
        type: "cart_changed",
        source: "browser",
        data: cart,
        occurredAt: new Date(),
      },
    });
    await sayTo(linesOf(talk.bea)[0]?.lineId ?? "", 1);
    await both("in", ["in_cart"]);
    expect(linesOf(talk.bea)[0]?.seen).toBe(true);
  });

  it("[CO57] as many as before in the cart are no sign of it", async () => {
    await talk.tellCart([{ id: dress.ids[0], quantity: 2 }]);
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await both("proposed", ["proposed"]);
    await sayYes(talk.bea);
    await talk.tellCart([{ id: dress.ids[0], quantity: 2 }]);
    await talk.tellCart([
      { id: dress.ids[0], quantity: 2 },
      { id: dress.ids[1], quantity: 1 },
    ]);
    await propose(talk.anna, dress.productId, dress.ids[1]);
    await both("still asked", ["putting", "proposed"]);
  });

  it("[CO58] of several those go on that can", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await propose(talk.anna, dress.productId, dress.ids[1]);
    await both("proposed", ["proposed", "proposed"]);
    await setPrice(dress.ids[0], { availability: "out_of_stock" });
    await sayYes(talk.bea);
    await both("one goes on", ["refused", "putting"]);
    const [, second] = linesOf(talk.bea);
    const lines = [
      { lineId: randomUUID(), version: 1, quantity: 1 },
      { lineId: second?.lineId ?? "", version: 1, quantity: 1 },
    ];
    const unknown = talk.bea.request({ type: "basket-confirm", attempt: randomUUID(), lines });
    expect(await codeOf(unknown)).toBe("not_found");
  });

  it("[CO59] a full basket takes no further line", async () => {
    const { conversationId, anna } = talk;
    const { shopId } = world;
    const rest = { shopId, productId: dress.productId, title: "", label: "", url: "", currency: "EUR" };
    await world.db.basketLine.createMany({
      data: Array.from({ length: MAX_BASKET_LINES }, (_, i) => ({
        ...rest,
        conversationId,
        externalId: `v-${i}`,
        unitMinor: 1,
        quantity: 1,
        state: "declined",
        proposedBy: anna.getSnapshot().you ?? "",
      })),
    });
    expect(await codeOf(propose(anna, dress.productId, dress.ids[0]))).toBe("too_many");
  });

  it("[CO60] after the end nothing is proposed or answered, but what was on its way arrives", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0]);
    await propose(talk.anna, dress.productId, dress.ids[1]);
    await both("proposed", ["proposed", "proposed"]);
    const [first, second] = linesOf(talk.bea);
    const attempt = randomUUID();
    const lines = [{ lineId: first?.lineId ?? "", version: 1, quantity: 1 }];
    await talk.bea.request({ type: "basket-confirm", attempt, lines });
    await talk.anna.request({ type: "end" });
    const lineId = second?.lineId ?? "";
    expect(await codeOf(propose(talk.anna, dress.productId, dress.ids[0]))).toBe("conversation_closed");
    expect(await codeOf(talk.anna.request({ type: "basket-withdraw", lineId }))).toBe("conversation_closed");
    expect(await codeOf(sayTo(lineId, 1))).toBe("conversation_closed");
    const decline = talk.bea.request({ type: "basket-decline", lineIds: [lineId] });
    expect(await codeOf(decline)).toBe("conversation_closed");
    await result(attempt, true);
    await both("arrived", ["in_cart", "proposed"]);
  });

  it("[CO61] of an agent who withdraws and a customer who says yes exactly one has her way", async () => {
    for (let round = 0; round < 8; round++) {
      const { productId, ids } = await world.dress();
      await propose(talk.anna, productId, ids[0]);
      await until("there", () => linesOf(talk.bea).length === round + 1);
      const lineId = linesOf(talk.bea)[round]?.lineId ?? "";
      const [withdrawn, agreed] = await Promise.all([
        codeOf(talk.anna.request({ type: "basket-withdraw", lineId })),
        codeOf(sayTo(lineId, 1)),
      ]);
      const row = await world.db.basketLine.findUniqueOrThrow({ where: { id: lineId } });
      expect(withdrawn === "none").toBe(row.state === "withdrawn");
      expect([withdrawn, agreed].filter((code) => code === "none").length).toBeGreaterThan(0);
      expect(["withdrawn", "putting"]).toContain(row.state);
    }
  });

  it("[CO62] who proposed and who agreed stands beside each fact", async () => {
    await propose(talk.anna, dress.productId, dress.ids[0], 2);
    await both("proposed", ["proposed"]);
    const attempt = await sayYes(talk.bea);
    await result(attempt, true);
    const events = await world.db.event.findMany({
      where: { conversationId: talk.conversationId, type: { startsWith: "basket_" } },
    });
    const of = (type: string) => events.find((event) => event.type === type);
    expect(of("basket_proposed")).toMatchObject({
      productId: dress.productId,
      participantId: talk.anna.getSnapshot().you,
      data: { variant: dress.ids[0], quantity: 2, unitMinor: 8_900, currency: "EUR" },
    });
    expect(of("basket_proposed")?.memberId).not.toBeNull();
    const hers = { visitorId: talk.visitorId, participantId: talk.bea.getSnapshot().you };
    expect(of("basket_confirmed")).toMatchObject(hers);
    expect(of("basket_in_cart")).toMatchObject({ ...hers, source: "browser" });
  });
});
