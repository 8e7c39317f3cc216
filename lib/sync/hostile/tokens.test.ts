import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type RoomClaims, signRoomToken, signVisitorToken } from "@/lib/auth/tokens";
import { visitorIdSchema } from "@/lib/protocol/ids";
import { wire } from "@/lib/protocol/wire";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { startRealServer } from "@/tests/support/sync/real-server";
import { until } from "@/tests/support/sync/until";

let database: TestDatabase;
let server: Awaited<ReturnType<typeof startRealServer>>;
let here: Awaited<ReturnType<typeof insertConversation>>;
let there: typeof here;
beforeAll(async () => {
  database = await openTestDatabase();
  server = await startRealServer();
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(async () => {
  here = await insertConversation(database.db);
  there = await insertConversation(database.db);
});

const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function claimsOf(of: typeof here, role: "agent" | "customer" = "customer"): RoomClaims {
  const { conversationId, shopId } = of;
  return { conversationId, shopId, participantId: of[role], role, name: role, color: 0 };
}

async function altered(change: Partial<RoomClaims>): Promise<string> {
  const [head = "", body = "", signature = ""] = (await signRoomToken(claimsOf(here))).split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  return `${head}.${json({ ...claims, ...change })}.${signature}`;
}

async function unsigned(header: object): Promise<string> {
  const [, body = "", signature = ""] = (await signRoomToken(claimsOf(here))).split(".");
  return `${json(header)}.${body}.${"alg" in header && header.alg === "none" ? "" : signature}`;
}

async function signedWith(secret: string, claims: object): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("vetrina")
    .setAudience("room")
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(secret));
}

/** Every token that must not open `here`, and the close code of the door. */
const forged: readonly (readonly [what: string, code: number, make: () => Promise<string>])[] = [
  ["no token", 4401, async () => ""],
  ["noise", 4401, async () => "\u0000.é.%00"],
  ["ten thousand characters", 4401, async () => "x.".repeat(5_000)],
  ["an expired one", 4401, () => signRoomToken(claimsOf(here), -1)],
  ["an unsigned one", 4401, () => unsigned({ alg: "none" })],
  ["one that calls itself unsigned and brings a signature", 4401, () => unsigned({ alg: "NONE" })],
  ["one of another algorithm", 4401, () => unsigned({ alg: "RS256" })],
  ["one with a key of its own", 4401, () => unsigned({ alg: "HS256", jwk: { kty: "oct", k: "AA" } })],
  ["one signed with another secret", 4401, () => signedWith("x".repeat(43), claimsOf(here, "agent"))],
  ["one with an empty secret's length", 4401, () => signedWith("0", claimsOf(here, "agent"))],
  ["one whose role was raised afterwards", 4401, () => altered({ role: "agent" })],
  ["one whose participant was exchanged afterwards", 4401, () => altered({ participantId: here.agent })],
  ["another conversation's", 4401, () => signRoomToken(claimsOf(there))],
  [
    "a visitor's",
    4401,
    () => signVisitorToken({ shopId: here.shopId, visitorId: visitorIdSchema.parse(here.customer) }),
  ],
  [
    "a signed one of somebody who takes part elsewhere",
    4404,
    () => signRoomToken({ ...claimsOf(here), participantId: there.customer }),
  ],
  ["a signed one with a role she has not", 4403, () => signRoomToken({ ...claimsOf(here), role: "agent" })],
  [
    "a signed one as another visitor",
    4403,
    () => signRoomToken({ ...claimsOf(here), visitorId: visitorIdSchema.parse(there.customer) }),
  ],
  [
    "one of somebody who was removed",
    4403,
    async () => {
      const token = await signRoomToken(claimsOf(here));
      await database.db.participant.update({ where: { id: here.customer }, data: { leftAt: new Date() } });
      return token;
    },
  ],
];

it.each(forged)("[SY2] the door is closed to %s", async (_what, code, make) => {
  const client = await connectRaw(server.address(here.conversationId, await make()));
  await until("turned away", () => client.closeCode !== null);
  expect(client.closeCode).toBe(code);
  expect(client.types).toEqual([]);
  expect(server.figures().connections).toBe(0);
});

it("[SY3] none of them renews anything, and nobody renews with another's", async () => {
  const client = await connectRaw(
    server.address(here.conversationId, await signRoomToken(claimsOf(here), 2)),
  );
  const answers = () =>
    client.control.flatMap((update) =>
      update.type === "refused" ? [update.code] : update.type === "done" ? ["done"] : [],
    );
  // Too long a token is a malformed frame; the last one removes the participant whose connection this is.
  const tokens = forged.filter(([what]) => !what.startsWith("ten thousand") && !what.includes("removed"));
  for (const [, , make] of tokens) {
    const id = `renewal-${client.control.length}`;
    client.sendJson(wire.control, { type: "renew", id, token: await make() });
    await until("answered", () => client.control.some((update) => "id" in update && update.id === id));
  }
  const agents = await signRoomToken(claimsOf(here, "agent"));
  client.sendJson(wire.control, { type: "renew", id: "renewal-agent", token: agents });
  await until("all are answered", () => answers().length === tokens.length + 1);
  expect(answers()).toEqual(answers().map(() => "unauthorized"));
  await until("it ended with its own token", () => client.closeCode !== null);
  expect(client.closeCode).toBe(4401);
});

it("[SY2] a token may come again while it is valid, and gives no more each time than its participant has", async () => {
  const token = await signRoomToken(claimsOf(here));
  const address = server.address(here.conversationId, token);
  const clients = [await connectRaw(address), await connectRaw(address)];
  for (const client of clients)
    expect(client.control[0]).toMatchObject({ type: "welcome", you: here.customer, rights: { lead: false } });
  for (const client of clients) client.socket.close();
  await until("they are gone", () => server.figures().connections === 0);
  expect(server.logged).toEqual([]);
});
