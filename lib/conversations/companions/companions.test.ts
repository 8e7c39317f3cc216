import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCustomerFacts } from "@/lib/conversations/customer-facts";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { MAX_COMPANIONS } from "@/lib/protocol/limits";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { acceptConversation } from "../accept";
import { requireConversationAccess, requireParticipantAccess } from "../access";
import { endConversation } from "../end";
import { loadMirrorRules } from "../load-mirror-rules";
import { lockDrawing } from "../lock";
import { openConversation } from "../open-conversation";
import { rateConversation } from "../rate";
import { authorize } from "../room-ports";
import { createRoomToken } from "../room-token";
import { uncover } from "../uncover";
import { requireMaySend } from "../uploads/may-send";
import { companionName } from "./companion-name";
import { findInvitation } from "./find-invitation";
import { inviteCompanion } from "./invite-companion";
import { joinAsCompanion } from "./join-as-companion";
import { removeCompanion } from "./remove-companion";

let database: TestDatabase;
let shopId: ShopId;
let anna: Headers;
let boss: Headers;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shopId = await createShop();
  anna = await createMember(shopId, "agent", "Anna");
  boss = await createMember(shopId, "manager", "Carla");
});
afterAll(() => database.close());

const access = requireConversationAccess;

async function opened(): Promise<{ maria: TestVisitor; id: ConversationId }> {
  const maria = await createVisitor(shopId);
  const { conversationId: id } = await openConversation(maria, "en");
  await acceptConversation(await access(anna, id));
  return { maria, id };
}

async function invited() {
  const { maria, id } = await opened();
  const { code } = await inviteCompanion(await access(maria.headers, id));
  return { maria, id, code };
}

async function join(code: string, name = "Tom") {
  const invitation = await findInvitation(code);
  if (invitation === null) throw new AppError("not_found");
  const { visitorToken } = await joinAsCompanion(invitation, name);
  return new Headers({ authorization: `Bearer ${visitorToken}` });
}

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | "none"> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("the invitation", () => {
  it("[CO90] is the customer's, and the same when she asks again, from two tabs at once, too", async () => {
    const { maria, id } = await opened();
    const her = await access(maria.headers, id);
    const all = await Promise.all([inviteCompanion(her), inviteCompanion(her), inviteCompanion(her)]);
    expect(new Set(all.map(({ code }) => code)).size).toBe(1);
    expect(all[0]?.code).toMatch(/^[\w-]{22}$/);
    expect(await findInvitation(all[0]?.code ?? "")).toMatchObject({ conversationId: id, shopId });
  });

  it("[CO90] is no agent's and no companion's, and ends with the conversation", async () => {
    const { maria, id, code } = await invited();
    const tom = await join(code);
    expect(await codeOf(inviteCompanion(await access(anna, id)))).toBe("forbidden");
    expect(await codeOf(inviteCompanion(await access(tom, id)))).toBe("forbidden");
    await endConversation(await requireParticipantAccess(maria.headers, id));
    expect(await findInvitation(code)).toBeNull();
    expect(await codeOf(inviteCompanion(await access(maria.headers, id)))).toBe("conversation_closed");
  });

  it.each(["", "x", "'; --", "\u0000".repeat(22), "a".repeat(22), "a".repeat(5_000)])(
    "[CO90] %j leads nowhere",
    async (code) => expect(await findInvitation(code)).toBeNull(),
  );
});

describe("coming in", () => {
  it("[CO91] makes her a participant with a colour of her own, named after herself and her host", async () => {
    const { maria, id, code } = await invited();
    const tom = await requireParticipantAccess(await join(code, "  Tom\u202e "), id);
    const her = await requireParticipantAccess(maria.headers, id);
    expect(tom.participant.role).toBe("companion");
    expect(tom.participant.name).toBe(`Tom (with ${her.participant.name})`);
    expect(tom.participant.color).not.toBe(her.participant.color);
  });

  it("[CO91] takes as many as may be, also when all come at once", async () => {
    const { id, code } = await invited();
    const tries = await Promise.all(
      Array.from({ length: MAX_COMPANIONS + 3 }, (_, n) => codeOf(join(code, `Guest ${n}`))),
    );
    expect(tries.filter((outcome) => outcome === "none")).toHaveLength(MAX_COMPANIONS);
    expect(tries.filter((outcome) => outcome === "too_many")).toHaveLength(3);
    const here = { conversationId: id, role: "companion", leftAt: null };
    expect(await database.db.participant.count({ where: here })).toBe(MAX_COMPANIONS);
  });

  it("[CO91] nobody comes in without a name", async () => {
    const { code } = await invited();
    for (const name of ["", "  ", "()", "\u200b\u202e", "\u0000"])
      expect(await codeOf(join(code, name)), JSON.stringify(name)).toBe("bad_request");
  });

  it("[CO91] a name cannot look like one of the shop's people's", () => {
    expect(companionName("Anna", "Guest 7", "en")).toBe("Anna (with Guest 7)");
    expect(companionName("Anna (sales)", "Gast 7", "de")).toBe("Anna sales (mit Gast 7)");
    expect(companionName("Anna\u2028（x", "Ospite 7", "it")).toBe("Anna x (con Ospite 7)");
  });
});

describe("what she may", () => {
  it("[CO92] reaches the room with a token of her own, and nothing that is the customer's or the shop's", async () => {
    const { id, code } = await invited();
    const tom = await requireParticipantAccess(await join(code), id);
    const admission = await authorize.admit(id, await createRoomToken(tom));
    expect(admission).toMatchObject({
      kind: "admitted",
      claims: { role: "companion", participantId: tom.participant.participantId },
    });
    const refused = [
      endConversation(tom),
      rateConversation(tom, 5),
      loadMirrorRules(tom),
      loadCustomerFacts(tom),
      uncover(tom, crypto.randomUUID()),
      lockDrawing(tom, true),
      removeCompanion(tom, tom.participant.participantId),
      (async () => requireMaySend(tom))(),
    ];
    expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => "forbidden"));
  });

  it("[CO92] has no way to it once it has ended", async () => {
    const { maria, id, code } = await invited();
    const tom = await join(code);
    const token = await createRoomToken(await requireParticipantAccess(tom, id));
    await endConversation(await requireParticipantAccess(maria.headers, id));
    expect(await codeOf(access(tom, id))).toBe("not_found");
    expect(await authorize.admit(id, token)).toEqual({ kind: "refused", reason: "forbidden" });
    const people = (await authorize.findConversation(id))?.participants ?? [];
    expect(people.filter(({ hasLeft }) => hasLeft).map(({ role }) => role)).toEqual(["companion"]);
  });

  it("[CO94] is not among the shop's visitors who are there now", async () => {
    const { code } = await invited();
    const before = await database.db.visitor.count({ where: { shopId, lastSeenAt: { gt: new Date(0) } } });
    await join(code);
    expect(await database.db.visitor.count({ where: { shopId, lastSeenAt: { gt: new Date(0) } } })).toBe(
      before,
    );
  });

  it("[CO92] is let into this conversation alone", async () => {
    const { code } = await invited();
    const other = await opened();
    expect(await codeOf(access(await join(code), other.id))).toBe("not_found");
  });
});

describe("sending her away", () => {
  it("[CO93] by the customer: her token opens nothing, the address leads nowhere, and another one may be made", async () => {
    const { maria, id, code } = await invited();
    const tom = await join(code);
    const token = await createRoomToken(await requireParticipantAccess(tom, id));
    const { participant } = await requireParticipantAccess(tom, id);
    await removeCompanion(await access(maria.headers, id), participant.participantId);
    expect(await codeOf(access(tom, id))).toBe("not_found");
    expect(await authorize.admit(id, token)).toEqual({ kind: "refused", reason: "forbidden" });
    expect(await findInvitation(code)).toBeNull();
    const again = await inviteCompanion(await access(maria.headers, id));
    expect(again.code).not.toBe(code);
    await join(again.code);
  });

  it("[CO93] by an agent of the conversation, and not by who only watches or is no companion", async () => {
    const { maria, id, code } = await invited();
    const { participant } = await requireParticipantAccess(await join(code), id);
    expect(await codeOf(removeCompanion(await access(boss, id), participant.participantId))).toBe(
      "forbidden",
    );
    const her = await requireParticipantAccess(maria.headers, id);
    const agent = await access(anna, id);
    for (const nobody of [her.participant.participantId, crypto.randomUUID(), "x"])
      expect(await codeOf(removeCompanion(agent, nobody))).toBe("not_found");
    await removeCompanion(agent, participant.participantId);
    expect(await codeOf(removeCompanion(agent, participant.participantId))).toBe("not_found");
  });
});
