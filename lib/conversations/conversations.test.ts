import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { acceptConversation } from "./accept";
import { requireConversationAccess, requireParticipantAccess } from "./access";
import { loadCustomerFacts } from "./customer-facts";
import { endConversation } from "./end";
import { joinConversation, leaveConversation, superviseConversation } from "./join";
import { lockDrawing } from "./lock";
import { findOpenConversation, openConversation } from "./open-conversation";
import { authorize } from "./room-ports";
import { createRoomToken } from "./room-token";

let database: TestDatabase;
let shopId: ShopId;
let anna: Headers;
let ben: Headers;
let boss: Headers;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shopId = await createShop();
  anna = await createMember(shopId, "agent", "Anna");
  ben = await createMember(shopId, "senior", "Ben");
  boss = await createMember(shopId, "manager", "Carla");
});
afterAll(() => database.close());

async function waiting(): Promise<{ visitor: TestVisitor; id: ConversationId }> {
  const visitor = await createVisitor(shopId);
  const { conversationId } = await openConversation(visitor, "en");
  return { visitor, id: conversationId };
}

async function opened() {
  const { visitor, id } = await waiting();
  await acceptConversation(await requireConversationAccess(anna, id));
  return { visitor, id };
}

const access = requireConversationAccess;
const taking = requireParticipantAccess;
const stateOf = (id: ConversationId) => database.db.conversation.findUniqueOrThrow({ where: { id } });

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | "none"> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("the life of a conversation", () => {
  it("[CO1] two tabs that open at once get the same conversation", async () => {
    const visitor = await createVisitor(shopId);
    const both = await Promise.all(Array.from({ length: 5 }, () => openConversation(visitor, "en")));
    expect(new Set(both.map((one) => one.conversationId)).size).toBe(1);
    expect(both.filter((one) => one.created)).toHaveLength(1);
  });

  it("[CO1] looking without opening makes nothing", async () => {
    const visitor = await createVisitor(shopId);
    expect(await findOpenConversation(visitor)).toBeNull();
    const { conversationId } = await openConversation(visitor, "en");
    expect((await findOpenConversation(visitor))?.conversationId).toBe(conversationId);
  });

  it("[CO2] waits, is open once accepted, and closed stays closed: the next one is new", async () => {
    const { visitor, id } = await waiting();
    expect((await stateOf(id)).status).toBe("waiting");
    await acceptConversation(await access(anna, id));
    expect((await stateOf(id)).status).toBe("open");
    await endConversation(await taking(visitor.headers, id));
    const closed = await stateOf(id);
    expect([closed.status, closed.closedBy]).toEqual(["closed", "customer"]);
    const next = await openConversation(visitor, "en");
    expect(next.created).toBe(true);
    expect(next.conversationId).not.toBe(id);
    expect((await stateOf(id)).status).toBe("closed");
  });

  it("[CO3] of agents who accept at once exactly one gets it, the others hear by whom", async () => {
    const { id } = await waiting();
    const doors = await Promise.all([anna, ben, boss].map((who) => access(who, id)));
    const results = await Promise.allSettled(doors.map(acceptConversation));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(2);
    const { memberId } = await stateOf(id);
    const member = await database.db.member.findUniqueOrThrow({
      where: { id: memberId ?? "" },
      include: { user: true },
    });
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ code: "conflict", message: `already accepted by ${member.user.name}` });
    }
    const agents = await database.db.participant.count({ where: { conversationId: id, role: "agent" } });
    expect(agents).toBe(1);
  });

  it("[CO3] accepting one's own conversation again changes nothing", async () => {
    const { id } = await opened();
    const again = await acceptConversation(await access(anna, id));
    expect(again.name).toBe("Anna");
    expect(
      await database.db.event.count({ where: { conversationId: id, type: "conversation_accepted" } }),
    ).toBe(1);
  });

  it("[CO4] an agent ends it once; a second end changes nothing; a supervisor may not", async () => {
    const { visitor, id } = await opened();
    await superviseConversation(await access(boss, id));
    expect(await codeOf(endConversation(await taking(boss, id)))).toBe("forbidden");
    await endConversation(await taking(anna, id));
    const first = await stateOf(id);
    await endConversation(await taking(visitor.headers, id));
    expect(await stateOf(id)).toEqual(first);
    expect(
      await database.db.event.count({ where: { conversationId: id, type: "conversation_closed" } }),
    ).toBe(1);
  });

  it("[CO5] it waits again when the last agent leaves, and stays open while one is there", async () => {
    const { id } = await opened();
    await joinConversation(await access(ben, id));
    await leaveConversation(await access(anna, id));
    expect((await stateOf(id)).status).toBe("open");
    await leaveConversation(await access(ben, id));
    expect(await stateOf(id)).toMatchObject({ status: "waiting", memberId: null });
    await acceptConversation(await access(anna, id));
    expect((await stateOf(id)).status).toBe("open");
  });

  it("[CO6] nothing changes in an ended conversation", async () => {
    const { id } = await opened();
    const asAnna = await taking(anna, id);
    const asBen = await access(ben, id);
    const asBoss = await access(boss, id);
    await endConversation(asAnna);
    // With what was proven before the end, and with what is read after it.
    expect(await codeOf(lockDrawing(asAnna, true))).toBe("conversation_closed");
    expect(await codeOf(joinConversation(asBen))).toBe("conversation_closed");
    expect(await codeOf(superviseConversation(asBoss))).toBe("conversation_closed");
    expect(await codeOf(acceptConversation(await access(ben, id)))).toBe("conversation_closed");
    expect(await codeOf(joinConversation(await access(ben, id)))).toBe("conversation_closed");
    expect(await database.db.participant.count({ where: { conversationId: id } })).toBe(2);
    expect((await stateOf(id)).drawingLocked).toBe(false);
  });
});

describe("people", () => {
  it("[CO7] a customer keeps her number; another gets another, also at the same moment", async () => {
    const visitors = await Promise.all(Array.from({ length: 6 }, () => createVisitor(shopId)));
    const ids = await Promise.all(visitors.map((visitor) => openConversation(visitor, "en")));
    const names = await Promise.all(
      visitors.map(
        async (visitor, i) => (await taking(visitor.headers, ids[i]?.conversationId ?? "")).participant.name,
      ),
    );
    expect(new Set(names).size).toBe(6);
    const [first] = visitors;
    if (!first) throw new Error("no visitor");
    await endConversation(await taking(first.headers, ids[0]?.conversationId ?? ""));
    const next = await openConversation(first, "en");
    expect((await taking(first.headers, next.conversationId)).participant.name).toBe(names[0]);
    expect(names[0]).toMatch(/^Guest \d+$/);
  });

  it("[CO8] everybody has a colour of their own, also when joining at once, and keeps it", async () => {
    const { id } = await opened();
    await Promise.all([access(ben, id).then(joinConversation), access(boss, id).then(joinConversation)]);
    const colors = (await database.db.participant.findMany({ where: { conversationId: id } })).map(
      (p) => p.color,
    );
    expect(new Set(colors).size).toBe(4);
    const before = (await taking(ben, id)).participant.color;
    await leaveConversation(await access(ben, id));
    expect((await joinConversation(await access(ben, id))).color).toBe(before);
  });

  it("[CO9] several agents join an open conversation, nobody one that waits", async () => {
    const { id } = await waiting();
    expect(await codeOf(joinConversation(await access(ben, id)))).toBe("conflict");
    await acceptConversation(await access(anna, id));
    await joinConversation(await access(ben, id));
    expect((await taking(ben, id)).participant.role).toBe("agent");
    expect((await taking(anna, id)).participant.role).toBe("agent");
  });

  it("[CO10] managers watch read-only, agents and seniors do not", async () => {
    const { id } = await opened();
    expect(await codeOf(superviseConversation(await access(ben, id)))).toBe("forbidden");
    expect((await superviseConversation(await access(boss, id))).role).toBe("supervisor");
    const token = await createRoomToken(await taking(boss, id));
    expect(await authorize.admit(id, token)).toMatchObject({
      kind: "admitted",
      claims: { role: "supervisor" },
    });
  });

  it("[CO11] an agent who takes part locks drawing; customer, supervisor and outsiders do not", async () => {
    const { visitor, id } = await opened();
    await superviseConversation(await access(boss, id));
    expect(await codeOf(lockDrawing(await taking(visitor.headers, id), true))).toBe("forbidden");
    expect(await codeOf(lockDrawing(await taking(boss, id), true))).toBe("forbidden");
    expect(await codeOf(taking(ben, id))).toBe("forbidden");
    await lockDrawing(await taking(anna, id), true);
    expect((await stateOf(id)).drawingLocked).toBe(true);
    await lockDrawing(await taking(anna, id), true);
    await lockDrawing(await taking(anna, id), false);
    expect((await stateOf(id)).drawingLocked).toBe(false);
  });
});

describe("access", () => {
  it("[CO12] strangers are told that there is nothing: another visitor, another shop's people, nobody", async () => {
    const { id } = await opened();
    const otherShop = await createShop();
    const foreign = {
      visitor: (await createVisitor(shopId)).headers,
      shopsVisitor: (await createVisitor(otherShop)).headers,
      shopsAdmin: await createMember(otherShop, "admin", "Dora"),
    };
    for (const headers of Object.values(foreign)) {
      expect(await codeOf(access(headers, id))).toBe("not_found");
      expect(await codeOf(taking(headers, id))).toBe("not_found");
    }
    expect(await codeOf(access(new Headers(), id))).toBe("unauthorized");
    expect(await codeOf(access(new Headers({ authorization: "Bearer nonsense" }), id))).toBe("unauthorized");
    expect(await codeOf(access(anna, "not-an-id"))).toBe("not_found");
    expect(await codeOf(access(anna, "00000000-0000-7000-8000-000000000000"))).toBe("not_found");
  });

  it("[CO12] a room token is no visitor token, and a visitor opens none of the desk's doors", async () => {
    const { visitor, id } = await opened();
    const asVisitor = await taking(visitor.headers, id);
    const roomToken = await createRoomToken(asVisitor);
    expect(await codeOf(access(new Headers({ authorization: `Bearer ${roomToken}` }), id))).toBe(
      "unauthorized",
    );
    for (const deskDoor of [
      acceptConversation,
      joinConversation,
      superviseConversation,
      leaveConversation,
      loadCustomerFacts,
    ]) {
      expect(await codeOf(deskDoor(asVisitor))).toBe("forbidden");
    }
  });

  it("[CO13] the room's door knows who has left, and for which room a token is", async () => {
    const { visitor, id } = await opened();
    const other = await opened();
    const token = await createRoomToken(await taking(anna, id));
    expect(await authorize.admit(id, token)).toMatchObject({
      kind: "admitted",
      claims: { name: "Anna", role: "agent" },
    });
    expect(await authorize.admit(other.id, token)).toEqual({ kind: "refused", reason: "unauthorized" });
    expect(await authorize.admit(id, "forged")).toEqual({ kind: "refused", reason: "unauthorized" });
    expect(await authorize.admit("../x", token)).toEqual({ kind: "refused", reason: "notFound" });
    await leaveConversation(await access(anna, id));
    expect(await authorize.admit(id, token)).toEqual({ kind: "refused", reason: "forbidden" });
    const customer = await createRoomToken(await taking(visitor.headers, id));
    expect(await authorize.admit(id, customer)).toMatchObject({
      kind: "admitted",
      claims: { role: "customer" },
    });
  });

  it("[CO13] a supervisor's token is worth nothing once she is an agent", async () => {
    const { id } = await opened();
    await superviseConversation(await access(boss, id));
    const token = await createRoomToken(await taking(boss, id));
    await joinConversation(await access(boss, id));
    expect(await authorize.admit(id, token)).toEqual({ kind: "refused", reason: "forbidden" });
  });
});
