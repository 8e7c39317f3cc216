import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as give } from "@/app/api/v1/conversations/[id]/spoken-code/route";
import { POST as enter } from "@/app/api/v1/desk/spoken-code/route";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { inThrees, readSpokenCode, SPOKEN_CODE_MS, spokenCodeOf } from "@/lib/protocol/spoken-code";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { acceptConversation } from "./accept";
import { requireConversationAccess as access, requireParticipantAccess } from "./access";
import { endConversation } from "./end";
import { openConversation } from "./open-conversation";
import { enterBySpokenCode, giveSpokenCode } from "./spoken-code";

const ORIGIN = "http://127.0.0.1:3000";
let database: TestDatabase;
let shopId: ShopId;
let anna: Headers;
let ben: Headers;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shopId = await createShop();
  anna = await createMember(shopId, "agent", "Anna");
  ben = await createMember(shopId, "agent", "Ben");
});
afterAll(() => database.close());

async function opened(): Promise<{ maria: TestVisitor; id: ConversationId; code: string }> {
  const maria = await createVisitor(shopId);
  const { conversationId: id } = await openConversation(maria, "en");
  const { code } = await giveSpokenCode(await access(maria.headers, id));
  return { maria, id, code };
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

const agentsOf = async (conversationId: ConversationId) =>
  (await database.db.participant.findMany({ where: { conversationId, role: "agent", leftAt: null } })).map(
    ({ name }) => name,
  );

describe("a code to be read out", () => {
  it("[CO111] is the customer's alone, the same in all her tabs, and none when it has ended", async () => {
    const { maria, id, code } = await opened();
    const her = await access(maria.headers, id);
    const again = await Promise.all([giveSpokenCode(her), giveSpokenCode(her)]);
    expect(again.map((one) => one.code)).toEqual([code, code]);
    expect(readSpokenCode(code)).toBe(code);
    await acceptConversation(await access(anna, id));
    expect(await codeOf(giveSpokenCode(await access(anna, id)))).toBe("forbidden");
    await endConversation(await requireParticipantAccess(maria.headers, id));
    expect(await codeOf(giveSpokenCode(await access(maria.headers, id)))).toBe("conversation_closed");
  });

  it("[CO111] leads the agent who types it into the waiting conversation, and nobody a second time", async () => {
    const { id, code } = await opened();
    const other = await opened();
    expect(await enterBySpokenCode(anna, shopId, inThrees(code))).toEqual({ conversationId: id });
    expect(await agentsOf(id)).toEqual(["Anna"]);
    expect(await agentsOf(other.id)).toEqual([]);
    expect(await codeOf(enterBySpokenCode(ben, shopId, code))).toBe("not_found");
    expect(await agentsOf(id)).toEqual(["Anna"]);
  });

  it("[CO111] of two at once lets in one", async () => {
    const { id, code } = await opened();
    const both = await Promise.all([anna, ben].map((who) => codeOf(enterBySpokenCode(who, shopId, code))));
    expect(both.toSorted()).toEqual(["none", "not_found"]);
    expect(await agentsOf(id)).toHaveLength(1);
  });

  it("[CO111] joins a colleague's conversation, and changes nothing for who is in it already", async () => {
    const { maria, id, code } = await opened();
    await acceptConversation(await access(ben, id));
    await enterBySpokenCode(anna, shopId, code);
    expect((await agentsOf(id)).toSorted()).toEqual(["Anna", "Ben"]);
    const next = await giveSpokenCode(await access(maria.headers, id));
    expect(next.code).not.toBe(code);
    await enterBySpokenCode(anna, shopId, next.code);
    expect((await agentsOf(id)).toSorted()).toEqual(["Anna", "Ben"]);
  });

  it("[CO111] is over after ten minutes, and is another one when it has little time left", async () => {
    const { maria, id, code } = await opened();
    const row = await database.db.spokenCode.findUniqueOrThrow({ where: { conversationId: id } });
    expect(Math.abs(row.until.getTime() - Date.now() - SPOKEN_CODE_MS)).toBeLessThan(60_000);
    const setUntil = (until: number) =>
      database.db.spokenCode.update({
        where: { conversationId: id },
        data: { until: new Date(Date.now() + until) },
      });
    await setUntil(-1_000);
    expect(await codeOf(enterBySpokenCode(anna, shopId, code))).toBe("not_found");
    await setUntil(60_000);
    expect((await giveSpokenCode(await access(maria.headers, id))).code).not.toBe(code);
    expect(await codeOf(enterBySpokenCode(anna, shopId, code))).toBe("not_found");
  });

  it("[CO112] is nothing to another shop", async () => {
    const { id, code } = await opened();
    const elsewhere = await createShop();
    const stranger = await createMember(elsewhere, "admin", "Stranger");
    expect(await codeOf(enterBySpokenCode(stranger, elsewhere, code))).toBe("not_found");
    expect(await codeOf(enterBySpokenCode(anna, shopId, code))).toBe("none");
    expect(await agentsOf(id)).toEqual(["Anna"]);
  });
});

describe("over HTTP", () => {
  const typed = async (headers: Headers, code: string) => {
    const sent = new Headers(headers);
    sent.set("content-type", "application/json");
    const body = JSON.stringify({ code });
    return enter(new Request(`${ORIGIN}/api/v1/desk/spoken-code`, { method: "POST", headers: sent, body }));
  };

  it("[CO112] is typed by members alone, and only so often", async () => {
    const { maria, id, code } = await opened();
    const request = new Request(`${ORIGIN}/api/v1/conversations/${id}/spoken-code`, {
      method: "POST",
      headers: maria.headers,
    });
    const given = await give(request, { params: Promise.resolve({ id }) });
    expect(await given.json()).toMatchObject({ code });
    expect((await typed(maria.headers, code)).status).toBe(401);
    const carla = await createMember(shopId, "agent", "Carla");
    expect((await typed(carla, "123")).status).toBe(400);
    const free = Array.from({ length: 30 }, (_, index) => spokenCodeOf(index)).filter((one) => one !== code);
    const answers: number[] = [];
    for (const one of free) answers.push((await typed(carla, one)).status);
    expect(answers.slice(0, 5)).toEqual([404, 404, 404, 404, 404]);
    expect(answers.at(-1)).toBe(429);
    expect((await typed(carla, code)).status).toBe(429);
    expect(await agentsOf(id)).toEqual([]);
  });
});
