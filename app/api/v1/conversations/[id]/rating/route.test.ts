import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signVisitorToken } from "@/lib/auth/tokens";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess, requireParticipantAccess } from "@/lib/conversations/access";
import { endConversation } from "@/lib/conversations/end";
import { openConversation } from "@/lib/conversations/open-conversation";
import { RATED_WITHIN_MS } from "@/lib/conversations/rate";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { POST } from "./route";

describe("rating a conversation", () => {
  let database: TestDatabase;
  let shopId: ShopId;
  let anna: Headers;

  beforeAll(async () => {
    database = await openTestDatabase("postgres");
    shopId = await createShop();
    anna = await createMember(shopId, "agent", "Anna");
  }, 60_000);
  afterAll(() => database.close());

  interface Talk {
    readonly id: ConversationId;
    readonly customer: TestVisitor;
  }

  async function waiting(): Promise<Talk> {
    const customer = await createVisitor(shopId);
    return { id: (await openConversation(customer, "en")).conversationId, customer };
  }
  async function taken(): Promise<Talk> {
    const talk = await waiting();
    await acceptConversation(await requireConversationAccess(anna, talk.id));
    return talk;
  }
  async function ended(talk?: Talk): Promise<Talk> {
    const { id, customer } = talk ?? (await taken());
    await endConversation(await requireParticipantAccess(customer.headers, id));
    return { id, customer };
  }

  async function send(id: string, headers: Headers, body: string): Promise<[number, string]> {
    const own = new Headers(headers);
    own.set("sec-fetch-site", own.get("sec-fetch-site") ?? "same-origin");
    const request = new Request("http://127.0.0.1/", { method: "POST", headers: own, body });
    const answer = await POST(request, { params: Promise.resolve({ id }) });
    const text = await answer.text();
    return [answer.status, text === "" ? "" : JSON.parse(text).error.code];
  }
  const rate = ({ id, customer }: Talk, score: unknown) =>
    send(id, customer.headers, JSON.stringify({ score }));
  const kept = async ({ id }: Talk) => {
    const { score, ratedAt } = await database.db.conversation.findUniqueOrThrow({ where: { id } });
    return { score, ratedAt };
  };
  const recorded = async ({ id }: Talk) => {
    const where = { conversationId: id, type: "conversation_rated" };
    const events = await database.db.event.findMany({ where, orderBy: { id: "asc" } });
    return events.map(({ source, visitorId, data }) => ({ source, visitorId, data }));
  };
  const unrated = { score: null, ratedAt: null };

  it("[CO80] its customer says how it was once it has ended, as a fact of the server", async () => {
    const talk = await ended();
    expect(await rate(talk, 4)).toEqual([204, ""]);
    expect(await kept(talk)).toEqual({ score: 4, ratedAt: expect.any(Date) });
    const { visitorId } = talk.customer;
    expect(await recorded(talk)).toEqual([{ source: "server", visitorId, data: { score: 4 } }]);
  });

  it("[CO80] nobody says it for her: no agent, no other visitor, no other shop, no other site", async () => {
    const talk = await ended();
    const body = JSON.stringify({ score: 1 });
    expect(await send(talk.id, anna, body)).toEqual([403, "forbidden"]);
    expect(await send(talk.id, (await createVisitor(shopId)).headers, body)).toEqual([404, "not_found"]);
    const elsewhere = await createShop();
    expect(await send(talk.id, (await createVisitor(elsewhere)).headers, body)).toEqual([404, "not_found"]);
    const stranger = await createMember(elsewhere, "admin", "Sol");
    expect(await send(talk.id, stranger, body)).toEqual([404, "not_found"]);
    expect(await send(talk.id, new Headers(), body)).toEqual([401, "unauthorized"]);
    const forged = new Headers({ authorization: "Bearer not.a.token" });
    expect(await send(talk.id, forged, body)).toEqual([401, "unauthorized"]);
    const outside = new Headers(talk.customer.headers);
    outside.set("sec-fetch-site", "cross-site");
    expect(await send(talk.id, outside, body)).toEqual([403, "forbidden"]);
    expect(await kept(talk)).toEqual(unrated);
    expect(await recorded(talk)).toEqual([]);
  });

  it("[CO80] an older token of hers says nothing any more, her newest does", async () => {
    const talk = await ended();
    const { visitorId } = talk.customer;
    await database.db.visitor.update({ where: { id: visitorId }, data: { tokenEpoch: 1 } });
    expect(await rate(talk, 1)).toEqual([401, "unauthorized"]);
    expect(await kept(talk)).toEqual(unrated);
    const token = await signVisitorToken({ visitorId, shopId }, 1);
    const newest = new Headers({ authorization: `Bearer ${token}` });
    expect(await send(talk.id, newest, JSON.stringify({ score: 5 }))).toEqual([204, ""]);
  });

  it("[CO81] her last word counts, and the same once more changes nothing", async () => {
    const talk = await ended();
    for (const score of [2, 5, 5]) expect(await rate(talk, score)).toEqual([204, ""]);
    const once = await kept(talk);
    expect(once.score).toBe(5);
    expect(await rate(talk, 5)).toEqual([204, ""]);
    expect(await kept(talk)).toEqual(once);
    expect((await recorded(talk)).map(({ data }) => data)).toEqual([{ score: 2 }, { score: 5 }]);
  });

  it("[CO82] is refused while the conversation waits or goes on, and when nobody took it", async () => {
    const open = await taken();
    expect(await rate(open, 5)).toEqual([409, "conflict"]);
    const asked = await waiting();
    expect(await rate(asked, 5)).toEqual([409, "conflict"]);
    const alone = await ended(asked);
    expect(await rate(alone, 5)).toEqual([409, "conflict"]);
    for (const talk of [open, alone]) expect(await kept(talk)).toEqual(unrated);
  });

  it("[CO82] is refused once too much time has passed, also a change of what was said before", async () => {
    const talk = await ended();
    const closedAgo = (ms: number) =>
      database.db.conversation.update({
        where: { id: talk.id },
        data: { closedAt: new Date(Date.now() - ms) },
      });
    await closedAgo(RATED_WITHIN_MS - 60_000);
    expect(await rate(talk, 3)).toEqual([204, ""]);
    await closedAgo(RATED_WITHIN_MS + 1);
    for (const score of [3, 5]) expect(await rate(talk, score)).toEqual([409, "conflict"]);
    expect((await kept(talk)).score).toBe(3);
    expect(await recorded(talk)).toHaveLength(1);
  });

  it("[CO83] takes whole numbers from 1 to 5 and nothing else", async () => {
    const talk = await ended();
    for (const score of [0, 6, -1, 4.5, "5", null, true, [5], { $gt: 0 }]) {
      expect(await rate(talk, score), JSON.stringify(score)).toEqual([400, "bad_request"]);
    }
    for (const body of ["", "{}", "[]", "5", '{"score":5', "\u0000"]) {
      expect(await send(talk.id, talk.customer.headers, body), body).toEqual([400, "bad_request"]);
    }
    const huge = JSON.stringify({ score: 5, more: "x".repeat(5_000_000) });
    expect(await send(talk.id, talk.customer.headers, huge)).toEqual([413, "too_large"]);
    expect(await kept(talk)).toEqual(unrated);
  });

  it("[CO83] a path that names no conversation finds none", async () => {
    const { customer } = await ended();
    for (const id of ["x", "' or 1=1", crypto.randomUUID()]) {
      expect(await send(id, customer.headers, '{"score":5}')).toEqual([404, "not_found"]);
    }
  });

  it("[CO80] goes with its conversation when she is erased", async () => {
    const talk = await ended();
    await rate(talk, 5);
    const { visitorId } = talk.customer;
    await database.db.visitor.delete({ where: { id: visitorId } });
    expect(await database.db.conversation.count({ where: { id: talk.id } })).toBe(0);
    expect(await rate(talk, 1)).toEqual([401, "unauthorized"]);
  });
});
