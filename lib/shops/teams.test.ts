import { afterAll, beforeAll, expect, it } from "vitest";
import { makeShop, type TestShop } from "@/lib/insights/internal/test-shop";
import { memberIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { createTeam, deleteTeam, listTeams, MAX_TEAM_NAME, MAX_TEAMS, putInTeam } from "./teams";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let shop: TestShop;
let other: TestShop;
beforeAll(async () => {
  database = await openTestDatabase();
  shop = await makeShop();
  other = await makeShop();
});
afterAll(() => database.close());

it("[IN222] a name is one a shop, whatever its case; each shop has its own", async () => {
  await createTeam(shop.shopId, " Rome ");
  await createTeam(other.shopId, "Rome");
  expect(await listTeams(shop.shopId)).toMatchObject([{ name: "Rome", members: 0 }]);
  await expect(createTeam(shop.shopId, "ROME")).rejects.toMatchObject({ code: "conflict" });
  const made = await Promise.allSettled(
    ["Oslo", "OSLO", "oslo"].map((name) => createTeam(shop.shopId, name)),
  );
  expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  for (const one of made)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
  for (const name of ["", "  ", "x".repeat(MAX_TEAM_NAME + 1), "a\0b"]) {
    await expect(createTeam(shop.shopId, name)).rejects.toMatchObject({ code: "bad_request" });
  }
  await database.db.team.createMany({
    data: Array.from({ length: MAX_TEAMS - 1 }, (_, i) => ({ shopId: other.shopId, name: `Team ${i}` })),
  });
  await expect(createTeam(other.shopId, "One more")).rejects.toMatchObject({ code: "too_large" });
});

it("[IN222] another shop's team takes nobody in, takes nobody's people, and is not removed from here", async () => {
  const ines = memberIdSchema.parse(await shop.agent("Ines"));
  const theirs = await createTeam((await makeShop()).shopId, "Theirs");
  await expect(putInTeam(shop.shopId, ines, theirs)).rejects.toMatchObject({ code: "not_found" });
  await expect(putInTeam(other.shopId, ines, null)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteTeam(shop.shopId, theirs)).rejects.toMatchObject({ code: "not_found" });
});

it("[IN220] a removed team leaves its people and conversations in none", async () => {
  const jo = memberIdSchema.parse(await shop.agent("Jo"));
  const { conversationId } = await shop.conversation(await shop.visitor(), jo);
  const paris = await createTeam(shop.shopId, "Paris");
  await putInTeam(shop.shopId, jo, paris);
  const conversation = () => database.db.conversation.findUniqueOrThrow({ where: { id: conversationId } });
  expect((await conversation()).teamId).toBe(paris);
  await deleteTeam(shop.shopId, paris);
  expect(await conversation()).toMatchObject({ teamId: null, memberId: jo });
  const lyon = await createTeam(shop.shopId, "Lyon");
  await putInTeam(shop.shopId, jo, lyon);
  expect((await conversation()).teamId).toBeNull();
  await deleteTeam(shop.shopId, lyon);
  expect((await database.db.member.findUniqueOrThrow({ where: { id: jo } })).teamId).toBeNull();
});
