import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { runFile } from "@/tests/support/server";
import { at, makeShop } from "../internal/test-shop";
import { rollUpShop } from "./roll-up";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("[IN116] npm run insights adds up anew what reports read, and refuses what it does not know", async () => {
  const shop = await makeShop();
  const agent = await shop.agent("Ines");
  const conversation = await shop.conversation(await shop.visitor(), agent);
  const { conversationId } = conversation;
  await shop.recommend(conversation, agent, await shop.product("dress"), at(0));
  await rollUpShop(shop.shopId, new Date());
  const fact = () => getDb().conversationFact.findUnique({ where: { conversationId } });
  const before = await fact();
  await getDb().conversationFact.update({ where: { conversationId }, data: { recommended: 99 } });
  await getDb().conversation.update({ where: { id: conversationId }, data: { heatAt: at(0) } });

  const variables = { DATABASE_URL: database.url, DATA_DIR: database.dataDir };
  const run = runFile("lib/runtime/insights-cli.ts", variables, ["rebuild"]);
  expect(await run.ended).toBe(0);
  expect(run.output()).toContain("The reports of 1 shops were added up anew.");
  expect(await fact()).toEqual(before);

  const wrong = runFile("lib/runtime/insights-cli.ts", variables, ["forget"]);
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toContain("Usage: npm run insights -- rebuild");
});
