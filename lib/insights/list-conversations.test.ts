import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { memberIdSchema } from "@/lib/protocol/ids";
import { createTeam, putInTeam } from "@/lib/shops/teams";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { at, makeShop } from "./internal/test-shop";
import { listConversations } from "./list-conversations";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("[IN221, IN222] the API asks by a team's name, whatever its case, and by channel; another shop's team is none", async () => {
  const [shop, other] = [await makeShop(), await makeShop()];
  const [ines, otto] = [await shop.agent("Ines"), await shop.agent("Otto")];
  const ofInes = await shop.conversation(await shop.visitor(), ines);
  const ofOtto = await shop.conversation(await shop.visitor(), otto);
  await getDb().conversation.update({
    where: { id: ofOtto.conversationId },
    data: { channel: "invitation" },
  });
  await putInTeam(shop.shopId, memberIdSchema.parse(ines), await createTeam(shop.shopId, "Rome"));
  await createTeam(other.shopId, "Paris");
  const found = async (asked: Partial<Parameters<typeof listConversations>[1]>) =>
    (await listConversations(shop.shopId, { limit: 10, ...asked })).conversations.map(({ id }) => id);
  expect(await found({})).toHaveLength(2);
  expect(await found({ team: "rome" })).toEqual([ofInes.conversationId]);
  expect(await found({ channel: "invitation" })).toEqual([ofOtto.conversationId]);
  expect(await found({ team: "Rome", channel: "invitation" })).toEqual([]);
  for (const team of ["Paris", "Ro", "R_me", "a\0b"]) expect(await found({ team })).toEqual([]);
});

it("[IN69] the API asks by each filter of the screens, of products by the shop's own ids", async () => {
  const [shop, other] = [await makeShop(), await makeShop()];
  const [ines, otto] = [await shop.agent("Ines"), await shop.agent("Otto")];
  const hat = await shop.product("hat", ["hat-red"]);
  await other.product("foreign");
  await getDb().product.update({ where: { id: hat }, data: { category: "Women > Hats" } });
  const about = await shop.conversation(await shop.visitor(), ines);
  await shop.conversation(await shop.visitor(), otto);
  const page = "https://shop.test/hats";
  await shop.claim(about.visitorId, { type: "page_viewed", url: `${page}?x=1`, title: "" }, at(-0.5));
  await shop.recommend(about, ines, hat, at(0.5));
  await shop.rollUp();
  const chosen = { device: "phone", locale: "it", trigger: "product", channel: "chat" };
  await getDb().conversation.update({ where: { id: about.conversationId }, data: chosen });
  const found = async (asked: Partial<Parameters<typeof listConversations>[1]>) =>
    (await listConversations(shop.shopId, { limit: 10, ...asked })).conversations.map(({ id }) => id);
  for (const asked of [
    ...([{ agent: ines }, { takenBy: ines }, { product: "hat" }, { product: "hat-red" }] as const),
    ...([{ category: "Women" }, { language: "it" }, { device: "phone" }, { trigger: "product" }] as const),
    ...([{ channel: "chat" }, { startedOn: page }] as const),
  ])
    expect(await found(asked), JSON.stringify(asked)).toEqual([about.conversationId]);
  for (const asked of [
    ...([{ agent: "nobody" }, { takenBy: "a\0b" }, { product: "foreign" }, { product: "a\0b" }] as const),
    ...([{ category: "Wom" }, { language: "de" }, { device: "tablet" }, { trigger: "launcher" }] as const),
    ...([{ startedOn: `${page}/` }, { startedOn: "a\0b" }] as const),
  ])
    expect(await found(asked), JSON.stringify(asked)).toEqual([]);
});
