import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  type ConversationId,
  conversationIdSchema,
  memberIdSchema,
  participantIdSchema,
  shopIdSchema,
} from "@/lib/protocol/ids";
import type { NodeNotice, PeerListener, RoomMessage } from "@/lib/sync/server/ports";
import { type RedisServer, startRedis } from "@/tests/support/redis";
import { random } from "@/tests/support/sync/random";
import { until } from "@/tests/support/sync/until";
import { type DeskPerson, decodePublication, encodePublication } from "./envelope";
import { type Nodes, openNodes } from "./nodes";

const conversationId = conversationIdSchema.parse("0b6a3f6e-7f0a-4a86-9f0e-1f5a4c1e2d3b");
const participantId = participantIdSchema.parse("9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f");

let redis: RedisServer;
let nodes: Nodes[];
let logged: string[];
beforeEach(async () => {
  redis = await startRedis();
  nodes = [];
  logged = [];
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  await redis.close();
});

async function open(secret = "one secret", desks: readonly DeskPerson[] = []): Promise<Nodes> {
  const node = await openNodes({
    url: redis.url,
    secret,
    desks: () => desks,
    log: (level, message) => logged.push(`${level} ${message}`),
  });
  nodes.push(node);
  return node;
}

/** What a node hears in a room that it holds. */
function hold(node: Nodes, wanted: ConversationId = conversationId) {
  const heard: RoomMessage[] = [];
  const listener: PeerListener = {
    onMessage: (_from, message) => heard.push(message),
    onConnected: () => undefined,
    onNodeGone: () => undefined,
  };
  return { heard, line: node.join(wanted, listener) };
}

const everyKind: readonly RoomMessage[] = [
  { kind: "update", by: participantId, clients: [1, 4_294_967_297], update: new Uint8Array([0, 0]) },
  { kind: "update", by: null, clients: [], update: new Uint8Array() },
  { kind: "presence", by: participantId, records: [{ clientId: 7, clock: 3, state: '{"who":{}}' }] },
  { kind: "chat", update: { type: "typing", participantId, typing: true } },
  { kind: "people", people: [{ participantId, memberId: null, visitorId: null, since: 5, online: true }] },
  { kind: "ask", stateVector: new Uint8Array([0]), newest: 300 },
  {
    kind: "answer",
    update: new Uint8Array([1]),
    owners: new Map([[7, participantId]]),
    stateVector: null,
    newest: 0,
  },
  { kind: "leave" },
];

it("[SY90] every message arrives at the node it was sent to as it was, in order, and at no other", async () => {
  const [first, second, third] = [await open(), await open(), await open()];
  const [one, two, other] = [hold(first), hold(second), hold(third)];
  one.line.ask(new Uint8Array([0]), 0);
  await until("both know", () => two.heard.length === 1 && other.heard.length === 1);
  for (const message of everyKind) one.line.sendTo(second.nodeId, message);
  await until("all", () => two.heard.length === 1 + everyKind.length);
  expect(two.heard.slice(1)).toEqual(everyKind);
  expect(other.heard).toHaveLength(1);
});

it("[SY90] a room goes only to nodes that hold it, and a notice to all", async () => {
  const [first, second, third] = [await open(), await open(), await open()];
  const notices: NodeNotice[] = [];
  third.onNotice((notice) => notices.push(notice));
  const [one, two] = [hold(first), hold(second)];
  expect(one.line.holders()).toEqual([]);
  two.line.ask(new Uint8Array([0]), 0);
  await until("known", () => one.line.holders().length === 1);
  expect(one.line.holders()).toEqual([second.nodeId]);
  two.line.leave();
  await until("forgotten", () => one.line.holders().length === 0);
  first.announce({ type: "disconnect", participantId });
  await until("told", () => notices.length === 1);
  expect(notices).toEqual([{ type: "disconnect", participantId }]);
});

it("[SY90] a node knows whose desks are open on the others, until they close", async () => {
  const anna = {
    shopId: shopIdSchema.parse(randomUUID()),
    memberId: memberIdSchema.parse(randomUUID()),
    name: "Anna",
  };
  const first = await open();
  const second = await open("one secret", [anna]);
  await until("known", () => first.desksElsewhere().length === 1);
  expect(first.desksElsewhere()).toEqual([anna]);
  expect(second.desksElsewhere()).toEqual([]);
  await second.close();
  await until("closed", () => first.desksElsewhere().length === 0);
  expect(first.isConnected()).toBe(true);
});

it("[SY98] two installations on one Redis do not hear each other", async () => {
  const [ours, theirs, ourOther] = [await open(), await open("another secret"), await open()];
  const [there, here] = [hold(theirs), hold(ourOther)];
  hold(ours).line.ask(new Uint8Array([0]), 0);
  await until("ours heard", () => here.heard.length === 1);
  expect(there.heard).toEqual([]);
});

it("[SY98] ten thousand broken messages change nothing", async () => {
  const node = await open();
  const { heard, line } = hold(node);
  const publisher = new Redis(redis.url);
  const channels = (await publisher.call("PUBSUB", "CHANNELS")) as string[];
  const channel = channels.find((name) => name.endsWith(node.nodeId)) ?? "";
  expect(channel).toContain(node.nodeId);
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const next = random(seed);
  const good = encodePublication({
    from: "somebody",
    messages: everyKind.map((message) => ({ kind: "room", conversationId, message })),
  });
  for (let count = 0; count < 10_000; count++) {
    const bytes = Buffer.from(good.subarray(0, Math.ceil(next() * good.length)));
    for (let flips = 0; flips < 3; flips++)
      bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
    publisher.publish(channel, bytes).catch(() => undefined);
  }
  const stateVector = Buffer.from("the last one");
  const message = { kind: "ask", stateVector, newest: 0 } as const;
  const last = encodePublication({ from: "last", messages: [{ kind: "room", conversationId, message }] });
  await publisher.publish(channel, Buffer.from(last));
  await publisher.quit();
  const isLast = (one: RoomMessage | undefined) => one?.kind === "ask" && stateVector.equals(one.stateVector);
  await until(`the last came (SEED=${seed})`, () => isLast(heard.at(-1)));
  expect(node.isConnected()).toBe(true);
  const second = await open();
  hold(second).line.ask(new Uint8Array([0]), 0);
  await until("goes on", () => line.holders().includes(second.nodeId));
  expect(new Set(logged)).toEqual(new Set(["error a message of another node was not handled"]));
});

it("[SY98] a message of another version is left alone", () => {
  const bytes = encodePublication({ from: "somebody", messages: [{ kind: "bye" }] });
  expect(decodePublication(bytes)).toEqual({ from: "somebody", messages: [{ kind: "bye" }] });
  bytes[0] = 99;
  expect(decodePublication(bytes)).toBeNull();
});
