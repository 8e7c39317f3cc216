import { afterAll, beforeAll, expect, it } from "vitest";
import { seal } from "@/lib/auth/sealed";
import type { ProductId } from "@/lib/protocol/ids";
import {
  type BasketTalk,
  type BasketWorld,
  linesOf,
  propose,
  sayYes,
  startBasketWorld,
  statesOf,
} from "@/tests/support/basket-world";
import { allowOutside } from "@/tests/support/outside";
import { connectionTo, platforms } from "@/tests/support/shops/platforms";
import type { StandIn } from "@/tests/support/shops/stand-in";
import { until } from "@/tests/support/sync/until";

let world: BasketWorld;
let outside: ReturnType<typeof allowOutside>;
let shop: StandIn;

beforeAll(async () => {
  outside = allowOutside();
  world = await startBasketWorld("postgres");
  shop = await platforms.woocommerce.start();
});
afterAll(async () => {
  expect(world?.faults).toEqual([]);
  await world?.close();
  await shop?.close();
  await outside?.close();
});

/** Her yes to two of a dress, and what her page says to it. */
async function refused(talk: BasketTalk, id: string, productId: ProductId, reason: string) {
  await propose(talk.anna, productId, id, 2);
  await until("proposed", () => statesOf(talk.bea).join() === "proposed");
  const attempt = await sayYes(talk.bea);
  const { address, credentials, settings } = connectionTo("woocommerce", shop);
  const sealed = await seal(JSON.stringify(credentials));
  const row = { shopId: world.shopId, kind: "woocommerce", address, settings, credentials: sealed };
  await world.db.shopConnection.create({ data: row });
  const [line] = linesOf(talk.bea);
  await talk.bea.request({
    type: "basket-result",
    lineId: line?.lineId ?? "",
    ...{ attempt, ok: false, reason },
  });
  await until("refused", () => [talk.anna, talk.bea].every((room) => statesOf(room).join() === "refused"));
  // Her request is answered once all of it is done; what was told last is on its way to both.
  const [stored] = await world.db.basketLine.findMany({ where: { id: line?.lineId ?? "" } });
  await world.db.shopConnection.delete({ where: { shopId: world.shopId } });
  return stored?.cartUrl;
}

it("[CO100] where the page takes no lines, both are told the address at which the shop's cart takes this one", async () => {
  const talk = await world.talk();
  const dress = await world.dress();
  const address = await refused(talk, dress.ids[0], dress.productId, "no-handler");
  const url = new URL(address ?? "");
  expect(url.origin).toBe(new URL(shop.address).origin);
  expect(Object.fromEntries(url.searchParams)).toEqual({ "add-to-cart": dress.ids[0], quantity: "2" });
  await until("told", () => [talk.anna, talk.bea].every((room) => linesOf(room)[0]?.cartUrl === address));
  expect(statesOf(talk.bea)).toEqual(["refused"]);
});

it("[CO100] another no of the page's has no such way, nor has a shop without a connection", async () => {
  const dress = await world.dress();
  expect(await refused(await world.talk(), dress.ids[0], dress.productId, "out_of_stock")).toBe("");
  const talk = await world.talk();
  await propose(talk.anna, dress.productId, dress.ids[1], 1);
  await until("proposed", () => statesOf(talk.bea).join() === "proposed");
  const attempt = await sayYes(talk.bea);
  const lineId = linesOf(talk.bea)[0]?.lineId ?? "";
  await talk.bea.request({ type: "basket-result", lineId, attempt, ok: false, reason: "no-handler" });
  await until("refused", () => statesOf(talk.bea).join() === "refused");
  expect(linesOf(talk.bea)[0]?.cartUrl).toBe("");
});
