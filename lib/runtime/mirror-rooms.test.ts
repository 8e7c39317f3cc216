import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import WebSocket from "ws";
import { GET as getRules } from "@/app/api/v1/conversations/[id]/mirror/route";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess, requireParticipantAccess } from "@/lib/conversations/access";
import { endConversation } from "@/lib/conversations/end";
import { leaveConversation } from "@/lib/conversations/join";
import { openConversation } from "@/lib/conversations/open-conversation";
import { createRoomToken } from "@/lib/conversations/room-token";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import { mirrorRulesAnswerSchema } from "@/lib/protocol/mirror-rules";
import { saveMirrorSettings } from "@/lib/shops/mirror-settings";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { provideTestStore } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { until } from "@/tests/support/sync/until";
import { type Composition, compose } from "./compose";

let database: TestDatabase;
let composition: Composition;
let http: Server;
let baseUrl: string;
let shopId: ShopId;
let agent: Headers;
let visitor: TestVisitor;
let conversationId: ConversationId;

beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  const env = { metricsToken: null, redisUrl: null, ffmpeg: "off", clamd: null } as const;
  composition = await compose(pino({ level: "silent" }), env);
  http = createServer();
  http.on("upgrade", (request, socket, head) => {
    const isMirror = request.url?.startsWith(MIRROR_PATH);
    (isMirror ? composition.handleMirrorUpgrade : composition.handleUpgrade)(request, socket, head);
  });
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  baseUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await composition.close();
  await new Promise((closed) => http.close(closed));
  await database.close();
});

beforeEach(async () => {
  shopId = await createShop();
  await setShop({ mirrorMode: "on", origins: ["https://shop.example"], mirrorRules: { mask: [".name"] } });
  agent = await createMember(shopId, "agent", "Marco");
  visitor = await createVisitor(shopId);
  ({ conversationId } = await openConversation(visitor, "en"));
  await acceptConversation(await requireConversationAccess(agent, conversationId));
});

const setShop = (data: { mirrorMode?: string; origins?: string[]; mirrorRules?: { mask: string[] } }) =>
  database.db.shop.update({ where: { id: shopId }, data });

const tokenOf = async (headers: Headers) =>
  createRoomToken(await requireParticipantAccess(headers, conversationId));

async function openMirror(headers: Headers): Promise<MirrorClient> {
  const token = encodeURIComponent(await tokenOf(headers));
  return MirrorClient.open(`${baseUrl.replace("http", "ws")}${MIRROR_PATH}/${conversationId}?token=${token}`);
}

function enterRoom(headers: Headers): Room {
  return openRoom({
    baseUrl,
    conversationId,
    getToken: () => tokenOf(headers),
    createWebSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
  });
}

const mirrorOf = (room: Room) => room.getSnapshot().room?.mirror;
const notices = async () =>
  (await database.db.message.findMany({ where: { conversationId }, orderBy: { seq: "asc" } }))
    .map(({ body }) => body)
    .filter((body) => JSON.stringify(body).includes("mirror_"));

it("[MI123] everybody in the room hears of a proposal and of what came of it, without the mirror's socket", async () => {
  const room = enterRoom(visitor.headers);
  await until("in", () => mirrorOf(room) !== undefined);
  expect(mirrorOf(room)).toEqual({ allowed: true, phase: "idle", proposedBy: null });
  const desk = await openMirror(agent);
  desk.ask({ type: "propose" });
  await until("told", () => mirrorOf(room)?.phase === "proposed");
  expect(mirrorOf(room)?.proposedBy).toBe(desk.state.you);
  const customer = await openMirror(visitor.headers);
  customer.ask({ type: "share", resume: null });
  await until("live", () => mirrorOf(room)?.phase === "live");
  expect(mirrorOf(room)).toEqual({ allowed: true, phase: "live", proposedBy: null });
  customer.socket.terminate();
  await until("suspended", () => mirrorOf(room)?.phase === "suspended");
  const late = enterRoom(agent);
  await until("in", () => mirrorOf(late) !== undefined);
  expect(mirrorOf(late)?.phase).toBe("suspended");
  desk.ask({ type: "stop" });
  await until("over", () => mirrorOf(room)?.phase === "idle" && mirrorOf(late)?.phase === "idle");
  room.close();
  late.close();
  desk.socket.terminate();
});

it("[MI122] leaves a receipt in the chat and events, and nothing of the page", async () => {
  const desk = await openMirror(agent);
  await desk.asked({ type: "propose" });
  const customer = await openMirror(visitor.headers);
  await customer.asked({ type: "refuse" });
  await desk.asked({ type: "propose" });
  await customer.asked({ type: "share", resume: null });
  customer.send("full", 1, 0, "what stands on the page");
  await desk.asked({ type: "watch" });
  await desk.asked({ type: "ask-write" });
  await customer.asked({ type: "grant-write", participantId: desk.state.you });
  await customer.asked({ type: "stop" });
  const where = { conversationId };
  await expect.poll(async () => (await notices()).length).toBe(3);
  expect(await notices()).toEqual([
    { kind: "notice", code: "mirror_refused", name: "Guest 1" },
    { kind: "notice", code: "mirror_started", name: "Guest 1" },
    { kind: "notice", code: "mirror_ended", name: "Marco", minutes: 1, acted: "Marco" },
  ]);
  const events = await database.db.event.findMany({
    where: { ...where, type: { startsWith: "mirror_" } },
    orderBy: { type: "asc" },
  });
  const member = await database.db.member.findFirstOrThrow({ where: { shopId } });
  expect(events.map(({ type, memberId, data }) => ({ type, memberId, data }))).toMatchObject([
    { type: "mirror_ended", memberId: null, data: { reason: "customer", viewers: 1 } },
    { type: "mirror_refused", memberId: member.id },
    { type: "mirror_started", memberId: null, data: { proposed: true } },
    { type: "mirror_write_granted", memberId: member.id },
  ]);
  const rows = await database.db.mirrorSession.findMany({ where, orderBy: { createdAt: "asc" } });
  expect(rows).toMatchObject([
    { endReason: "refused", startedAt: null },
    { endReason: "customer", phase: "ended", resumeHash: null },
  ]);
  expect(JSON.stringify([rows, events])).not.toContain("what stands on the page");
  for (const client of [desk, customer]) client.socket.terminate();
});

it("[MI118] the end of the conversation and somebody's leaving reach the mirror", async () => {
  const second = await createMember(shopId, "agent", "Lia");
  const desk = await openMirror(agent);
  const customer = await openMirror(visitor.headers);
  await customer.asked({ type: "share", resume: null });
  await desk.asked({ type: "watch" });
  await leaveConversation(await requireConversationAccess(agent, conversationId));
  await until("the agent is out", () => desk.closeCode !== null);
  await acceptConversation(await requireConversationAccess(second, conversationId));
  const other = await openMirror(second);
  await other.asked({ type: "watch" });
  await endConversation(await requireParticipantAccess(second, conversationId));
  await until("all are out", () => other.closeCode !== null && customer.closeCode !== null);
  expect(customer.of("ended")).toEqual([{ type: "ended", reason: "conversation-ended" }]);
});

const rules = async (headers: Headers) => {
  const params = Promise.resolve({ id: conversationId });
  return getRules(new Request(`${baseUrl}/api`, { headers }), { params });
};

it("[MI124] the rules are given to those who take part", async () => {
  for (const headers of [visitor.headers, agent]) {
    const answer = await rules(headers);
    expect(mirrorRulesAnswerSchema.parse(await answer.json())).toEqual({
      allowed: true,
      rules: { mask: [".name"] },
      origins: ["https://shop.example"],
    });
  }
  await setShop({ mirrorMode: "off" });
  expect(await (await rules(agent)).json()).toMatchObject({ allowed: false });
});

it("[MI124] and to nobody else", async () => {
  expect((await rules(new Headers())).status).toBe(401);
  expect((await rules((await createVisitor(shopId)).headers)).status).toBe(404);
  expect((await rules(await createMember(shopId, "admin", "Watcher"))).status).toBe(403);
  expect((await rules(await createMember(await createShop(), "admin", "Stranger"))).status).toBe(404);
});

it("[MI127] operators see pages, viewers, frames and what was refused", async () => {
  const desk = await openMirror(agent);
  const customer = await openMirror(visitor.headers);
  await customer.asked({ type: "share", resume: null });
  await desk.asked({ type: "watch" });
  customer.send("full", 1, 0, "page");
  await until("came", () => desk.frames.length === 1);
  await desk.asked({ type: "withdraw" });
  const { text } = await composition.metrics.read();
  expect(text).toMatch(/vetrina_mirror_live [1-9]/);
  expect(text).toMatch(/vetrina_mirror_viewers [1-9]/);
  expect(text).toMatch(/vetrina_mirror_frames_in_total\{kind="full"\} [1-9]/);
  expect(text).toMatch(/vetrina_mirror_bytes_out_total [1-9]/);
  expect(text).toMatch(/vetrina_mirror_queued_bytes 0/);
  expect(text).toMatch(/vetrina_mirror_refused_total\{reason="conflict"\} [1-9]/);
  for (const client of [desk, customer]) client.socket.terminate();
});

it("[MI125] what the admin saves counts at once: who may act, and whether anything is shared at all", async () => {
  const room = enterRoom(visitor.headers);
  const desk = await openMirror(agent);
  const customer = await openMirror(visitor.headers);
  await customer.asked({ type: "share", resume: null });
  await desk.asked({ type: "watch" });
  await desk.asked({ type: "ask-write" });
  await customer.asked({ type: "grant-write", participantId: desk.state.you });
  await desk.settle();
  expect(desk.state.state.writer).not.toBeNull();
  const settings = { on: true, rules: {}, write: true, writeBy: "manager" } as const;
  await saveMirrorSettings(shopId, settings);
  await until("may act no more", () => desk.state.state.writer === null && !desk.state.mayAskWrite);
  await saveMirrorSettings(shopId, { ...settings, on: false });
  await until("over", () => desk.closeCode !== null && customer.closeCode !== null);
  expect(customer.of("ended")).toEqual([{ type: "ended", reason: "switched-off" }]);
  await until("told", () => mirrorOf(room)?.allowed === false);
  room.close();
});
