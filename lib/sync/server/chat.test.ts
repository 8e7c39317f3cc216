import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WELCOME_MESSAGES } from "@/lib/protocol/limits";
import { wire } from "@/lib/protocol/wire";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld({ typingMs: 150 });
});
afterEach(() => world.close());

const join = (role: "agent" | "customer" | "supervisor") =>
  connectRaw(world.address(world.token(world.claims(role))));
const refusal = (client: RawClient, id: string) =>
  client.control.find((update) => update.type === "refused" && update.id === id);

describe("chat", () => {
  it("[SY20] both see all messages in the server's order", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    for (let count = 0; count < 20; count++) {
      anna.sendText(`a${count}`);
      bea.sendText(`b${count}`);
    }
    const stored = (room: typeof anna) =>
      room.getSnapshot().messages.filter((message) => message.state === "stored");
    await until("all arrived", () => stored(anna).length === 40 && stored(bea).length === 40);
    expect(stored(anna).map((message) => message.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(stored(bea)).toEqual(stored(anna));
  });

  it("[SY21] a repeated send is one message; another's id is refused", async () => {
    const [agent, customer] = await Promise.all([join("agent"), join("customer")]);
    const send = (client: RawClient, text: string) =>
      client.sendJson(wire.chat, { type: "send", clientId: "message-01", text });
    send(customer, "hello");
    send(customer, "hello");
    const copies = () => customer.chat.filter((update) => JSON.stringify(update).includes('"message"'));
    await until("answered twice", () => copies().length === 2);
    send(agent, "mine");
    await until("refused", () => refusal(agent, "message-01") !== undefined);
    expect(refusal(agent, "message-01")).toMatchObject({ code: "conflict" });
    expect(copies()[0]).toEqual(copies()[1]);
    const page = await world.chat.list(world.conversationId, { before: null, limit: 10 });
    expect(page.messages).toHaveLength(1);
  });

  it("[SY22] delivered and seen reach the other side; a supervisor leaves none", async () => {
    const agent = world.claims("agent");
    const anna = world.open(agent);
    const bea = world.open(world.claims("customer"));
    const boss = world.open(world.claims("supervisor"));
    await until("in", () => [anna, bea, boss].every((room) => room.getSnapshot().synced));
    bea.sendText("is it linen?");
    const annas = () =>
      bea.getSnapshot().receipts.find((receipt) => receipt.participantId === agent.participantId);
    await until("delivered", () => annas()?.deliveredSeq === 1);
    expect(annas()?.seenSeq).toBe(0);
    boss.markSeen(1);
    anna.markSeen(1);
    await until("seen", () => annas()?.seenSeq === 1);
    const whose = bea.getSnapshot().receipts.map((receipt) => receipt.participantId);
    expect(whose).not.toContain(boss.getSnapshot().you);
  });

  it("[SY23] the newest messages come at once, earlier ones on demand", async () => {
    const claims = world.claims("customer");
    const total = WELCOME_MESSAGES + 30;
    for (let count = 1; count <= total; count++) {
      const body = { kind: "text" as const, text: `${count}` };
      const message = { clientId: `message-${count}`, participantId: claims.participantId, body };
      await world.chat.append(world.conversationId, message);
    }
    const bea = world.open(claims);
    await until("the newest are there", () => bea.getSnapshot().messages.length === WELCOME_MESSAGES);
    expect(bea.getSnapshot().messages[0]?.seq).toBe(31);
    expect(bea.getSnapshot().hasEarlier).toBe(true);
    bea.loadEarlier();
    await until("all are there", () => bea.getSnapshot().messages.length === total);
    expect(bea.getSnapshot().hasEarlier).toBe(false);
    expect(bea.getSnapshot().messages.map((message) => message.seq)).toEqual(
      Array.from({ length: total }, (_, index) => index + 1),
    );
  });

  it("[SY24] typing is seen by the other and ends by itself and with the message", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    const you = bea.getSnapshot().you;
    bea.setTyping(true);
    await until("typing", () => anna.getSnapshot().typing.length === 1);
    expect(anna.getSnapshot().typing).toEqual([you]);
    await until("over by itself", () => anna.getSnapshot().typing.length === 0);
    bea.setTyping(false);
    bea.setTyping(true);
    await until("typing again", () => anna.getSnapshot().typing.length === 1);
    bea.sendText("done");
    await until("over with the message", () => anna.getSnapshot().typing.length === 0);
    expect(anna.getSnapshot().messages.at(-1)?.body).toEqual({ kind: "text", text: "done" });
  });

  it("[SY37] NUL and halves of characters do not keep a message from being stored", async () => {
    const customer = await join("customer");
    const agent = await join("agent");
    const texts = ["cut off: \ud83d", "zero\0byte", "whole: \u{1f9e5}"];
    for (const [index, text] of texts.entries()) {
      customer.sendJson(wire.chat, { type: "send", clientId: `message-0${index}`, text });
    }
    customer.sendJson(wire.chat, { type: "send", clientId: "message-09", text: "\0" });
    await until("the empty one is refused", () => refusal(customer, "message-09") !== undefined);
    const page = () => world.chat.list(world.conversationId, { before: null, limit: 10 });
    await until("all arrived", () => JSON.stringify(agent.chat).includes("whole"));
    const stored = (await page()).messages.map(({ body }) => (body.kind === "text" ? body.text : body.kind));
    expect(stored).toEqual(["cut off: \ufffd", "zerobyte", "whole: \u{1f9e5}"]);
    expect(refusal(customer, "message-09")).toMatchObject({ code: "bad_request" });
  });

  it("[SY25] messages of a supervisor, empty ones and those to a closed room are refused by their id", async () => {
    const supervisor = await join("supervisor");
    supervisor.sendJson(wire.chat, { type: "send", clientId: "message-01", text: "hello" });
    const customer = await join("customer");
    customer.sendJson(wire.chat, { type: "send", clientId: "message-02", text: "  \n " });
    await until("refused", () =>
      Boolean(refusal(supervisor, "message-01") && refusal(customer, "message-02")),
    );
    world.conversation = { ...world.conversation, status: "closed" };
    await world.server.roomsPort.roomChanged(world.conversationId);
    customer.sendJson(wire.chat, { type: "send", clientId: "message-03", text: "still there?" });
    await until("refused", () => refusal(customer, "message-03") !== undefined);
    expect(refusal(supervisor, "message-01")).toMatchObject({ code: "forbidden" });
    expect(refusal(customer, "message-02")).toMatchObject({ code: "bad_request" });
    expect(refusal(customer, "message-03")).toMatchObject({ code: "conversation_closed" });
  });
});
