import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestShop } from "../internal/test-shop";
import { recordClaim } from "../record";
import { findBehind, requireCounted } from "./behind";
import { forgetRollups, rollUpShop } from "./roll-up";

let database: TestDatabase;
let shop: TestShop;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shop = await makeShop();
});
afterAll(() => database.close());

/** Everything that happened here is from before the months that are kept. */
const countAnew = async () => {
  await forgetRollups(shop.shopId);
  await rollUpShop(shop.shopId, new Date(), new Date(Date.now() + 86_400_000));
};

it("[IN102] conversations of forgotten months are counted as ever, and keep what pages had told of them", async () => {
  const agent = await shop.agent("Ines");
  const [seen, recommended] = [await shop.product("seen"), await shop.product("recommended")];
  const talk = await shop.conversation(await shop.visitor(), agent);
  await getDb().event.create({
    data: {
      ...{ id: randomUUID(), shopId: shop.shopId, source: "browser", type: "product_viewed", data: {} },
      ...{ visitorId: talk.visitorId, productId: seen, occurredAt: at(0.1), receivedAt: new Date() },
    },
  });
  await shop.recommend(talk, agent, recommended, at(0.5));
  await recordClaim({
    type: "card_opened",
    data: { on: "page" },
    ...talk,
    ...{ shopId: shop.shopId, productId: recommended, occurredAt: at(0.6) },
  });
  await rollUpShop(shop.shopId, new Date());
  await getDb().event.deleteMany({ where: { shopId: shop.shopId, source: "browser" } });
  // As a migration that counts conversations anew leaves it.
  await getDb().conversationFact.deleteMany({ where: { shopId: shop.shopId } });
  await countAnew();
  const facts = await getDb().productFact.findMany({ where: { shopId: shop.shopId } });
  const told = facts.map((one) => [
    one.productId,
    ...[one.seenAt, one.recommendedAt, one.openedAt].map((at) => at !== null),
  ]);
  expect(told.sort()).toEqual(
    [
      [seen, true, false, false],
      [recommended, false, true, true],
    ].sort(),
  );
  const where = { shopId: shop.shopId, recommended: 1 };
  expect(await getDb().conversationFact.count({ where })).toBe(1);
});

it("[IN230] the page on which a conversation began stays when what pages told is forgotten", async () => {
  const visitorId = await shop.visitor();
  const url = "https://shop.test/hats";
  await shop.claim(visitorId, { type: "page_viewed", url: `${url}?from=mail`, title: "Hats" }, at(-0.5));
  const { conversationId } = await shop.conversation(visitorId, await shop.agent("Jo"));
  await rollUpShop(shop.shopId, new Date());
  await getDb().event.deleteMany({ where: { shopId: shop.shopId, source: "browser" } });
  await countAnew();
  const kept = await getDb().conversationFact.findUniqueOrThrow({ where: { conversationId } });
  expect(kept).toMatchObject({ startUrl: url, startTitle: "Hats" });
});

it("[IN120] nothing is handed out while everything is counted anew", async () => {
  await forgetRollups(shop.shopId);
  await getDb().rollupState.update({ where: { shopId: shop.shopId }, data: { basis: "" } });
  expect(await findBehind(shop.shopId, new Date())).toEqual({ state: "rebuilding" });
  await expect(requireCounted(shop.shopId)).rejects.toMatchObject({ code: "unavailable" });
  await rollUpShop(shop.shopId, new Date());
  await expect(requireCounted(shop.shopId)).resolves.toBeUndefined();
});
