import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordClaim } from "@/lib/insights/record";
import { deskWatch } from "@/lib/protocol/desk-watch";
import { memberIdSchema, type ShopId } from "@/lib/protocol/ids";
import { createTeam, putInTeam } from "@/lib/shops/teams";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor } from "@/tests/support/shop-people";
import { acceptConversation } from "./accept";
import { requireConversationAccess } from "./access";
import { INVITED_WITHIN_MS } from "./channel";
import { joinConversation, leaveConversation } from "./join";
import { openConversation } from "./open-conversation";

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shopId = await createShop();
});
afterAll(() => database.close());
/** At these shops somebody's desk is open, at others nobody's. */
function openDesks(...shops: readonly ShopId[]): void {
  deskWatch.provide({
    onShopChange: () => () => {},
    openDesks: (of) =>
      shops.includes(of) ? [{ memberId: memberIdSchema.parse(randomUUID()), name: "Anna" }] : [],
  });
}

/** The channel of one that is begun by somebody who pressed an invitation so long ago; null: by nobody. */
async function begin(pressedMsAgo: number | null = null): Promise<string> {
  const visitor = await createVisitor(shopId);
  if (pressedMsAgo !== null) {
    await recordClaim({
      type: "invitation_opened",
      shopId,
      visitorId: visitor.visitorId,
      conversationId: null,
      occurredAt: new Date(Date.now() - pressedMsAgo),
    });
  }
  const { conversationId } = await openConversation(visitor, "en", { device: "phone", trigger: "product" });
  return (await stateOf(conversationId)).channel;
}

const stateOf = (id: string) => database.db.conversation.findUniqueOrThrow({ where: { id } });

it("[CO84] the channel is what the server knows: an invitation, an open desk of this shop, or neither", async () => {
  expect(await begin()).toBe("message");
  openDesks(await createShop());
  expect(await begin()).toBe("message");
  openDesks(shopId);
  expect(await begin()).toBe("chat");
  expect(await begin(60_000)).toBe("invitation");
  expect(await begin(INVITED_WITHIN_MS + 60_000)).toBe("chat");
});

it("[CO85][IN220] the team is the one at the taking; who changes it takes nothing along", async () => {
  const anna = await createMember(shopId, "agent", "Anna");
  const ben = await createMember(shopId, "agent", "Ben");
  const { conversationId } = await openConversation(await createVisitor(shopId), "en");
  await acceptConversation(await requireConversationAccess(anna, conversationId));
  const annas = memberIdSchema.parse((await stateOf(conversationId)).memberId);
  expect((await stateOf(conversationId)).teamId).toBeNull();

  // What she took in no team is her first one's.
  const [rome, milan] = [await createTeam(shopId, "Rome"), await createTeam(shopId, "Milan")];
  await putInTeam(shopId, annas, rome);
  expect((await stateOf(conversationId)).teamId).toBe(rome);
  await putInTeam(shopId, annas, milan);
  expect((await stateOf(conversationId)).teamId).toBe(rome);
  const later = (await openConversation(await createVisitor(shopId), "en")).conversationId;
  await acceptConversation(await requireConversationAccess(anna, later));
  expect((await stateOf(later)).teamId).toBe(milan);

  // Handed to a colleague in no team, then left by everybody.
  await joinConversation(await requireConversationAccess(ben, later));
  await leaveConversation(await requireConversationAccess(anna, later));
  expect(await stateOf(later)).toMatchObject({ status: "open", teamId: null });
  await leaveConversation(await requireConversationAccess(ben, later));
  expect(await stateOf(later)).toMatchObject({ status: "waiting", memberId: null, teamId: null });
});
