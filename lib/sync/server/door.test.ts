import { randomUUID } from "node:crypto";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { MAX_FRAME_BYTES, MAX_PARTICIPANTS } from "@/lib/protocol/limits";
import { wire } from "@/lib/protocol/wire";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

describe("the door", () => {
  it("[SY2] turns away missing, forged, expired and another room's tokens with 4401", async () => {
    const claims = world.claims("customer");
    const elsewhere = world.claims("customer", { conversationId: world.claims("agent").conversationId });
    const other = randomUUID();
    const addresses = [
      world.address(""),
      world.address(randomUUID()),
      world.address(world.token(claims, -1)),
      world.address(world.token(elsewhere), other),
    ];
    for (const address of addresses) expect((await connectRaw(address)).closeCode).toBe(4401);
  });

  it("[SY2] turns away an address that names no conversation with 4404", async () => {
    const client = await connectRaw(world.address(world.token(world.claims("customer")), "nonsense"));
    expect(client.closeCode).toBe(4404);
  });

  it("[SY3] ends a connection with its token", async () => {
    const client = await connectRaw(world.address(world.token(world.claims("customer"), 300)));
    expect(client.control[0]?.type).toBe("welcome");
    await until("it ended", () => client.closeCode !== null);
    expect(client.closeCode).toBe(4401);
  });

  it("[SY3] keeps a connection whose token was renewed, but not by somebody else's", async () => {
    const claims = world.claims("customer");
    const expiresAt = Date.now() + 400;
    const client = await connectRaw(world.address(world.token(claims, 400)));
    const foreign = world.token(world.claims("agent"));
    client.sendJson(wire.control, { type: "renew", id: "renewal-0001", token: foreign });
    client.sendJson(wire.control, { type: "renew", id: "renewal-0002", token: world.token(claims) });
    await until("both are answered", () => client.control.some((update) => update.type === "done"));
    const refused = client.control.find((update) => update.type === "refused");
    expect(refused).toEqual({ type: "refused", id: "renewal-0001", code: "unauthorized" });
    await until("the first token expired", () => Date.now() > expiresAt + 50);
    client.sendJson(wire.control, { type: "confirm", id: "confirm-0001" });
    await until("still there", () =>
      client.control.some((update) => update.type === "done" && update.id === "confirm-0001"),
    );
    expect(client.closeCode).toBeNull();
  });

  it("[SY6] takes MAX_PARTICIPANTS and turns the next away with 4409", async () => {
    const enter = () => connectRaw(world.address(world.token(world.claims("agent"))));
    for (let count = 0; count < MAX_PARTICIPANTS; count++) expect((await enter()).closeCode).toBeNull();
    const late = await enter();
    await until("turned away", () => late.closeCode !== null);
    expect(late.closeCode).toBe(4409);
  });

  it("[SY7] welcomes first, with rights and who is there, and tells all who comes and goes", async () => {
    const agent = await connectRaw(world.address(world.token(world.claims("agent"))));
    expect(agent.types[0]).toBe(wire.control);
    expect(agent.control[0]).toMatchObject({
      type: "welcome",
      rights: { draw: true, editOthers: true, chat: true, show: true, lead: true },
      room: { status: "open", participants: [{ role: "agent", online: true }] },
    });
    const online = () => {
      const last = agent.control.findLast((update) => update.type === "room");
      return last?.type === "room" ? last.room.participants.map((person) => person.online) : [];
    };
    const customer = await connectRaw(world.address(world.token(world.claims("customer"))));
    await until("the customer is seen", () => online().length === 2 && online()[1] === true);
    customer.socket.close();
    await until("the customer is gone", () => online()[1] === false);
    expect(online()).toEqual([true, false]);
  });
});

describe("frames no honest client sends", () => {
  const varints = (...numbers: number[]) =>
    encoding.encode((encoder) => {
      for (const number of numbers) encoding.writeVarUint(encoder, number);
    });
  const sync = (kind: number, body: Uint8Array) =>
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, wire.sync);
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, body);
    });
  const json = (type: number, text: string) =>
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, type);
      encoding.writeVarString(encoder, text);
    });
  const malformed: [string, Uint8Array][] = [
    ["nothing", new Uint8Array(0)],
    ["an unknown type", varints(99)],
    ["an auth frame", varints(2, 0)],
    ["an unknown sync kind", sync(7, new Uint8Array([0, 0]))],
    ["an update of noise", sync(2, new Uint8Array([1, 255, 255, 255, 3, 9, 9, 9]))],
    ["an update that claims a billion structs", sync(2, varints(1, 1_000_000_000, 5, 0))],
    ["a state vector of noise", sync(0, new Uint8Array([9, 1]))],
    ["bytes after the end", new Uint8Array([...sync(2, new Uint8Array([0, 0])), 7])],
    ["chat that is no JSON", json(wire.chat, "{")],
    ["chat of another shape", json(wire.chat, '{"type":"send","clientId":"short","text":"x"}')],
    ["a receipt beyond every number", json(wire.chat, '{"type":"seen","seq":9007199254740991}')],
    ["control of another shape", json(wire.control, '{"type":"become-admin","id":"request-01"}')],
    [
      "presence that is no object",
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, wire.awareness);
        encoding.writeVarUint8Array(encoder, new Uint8Array([1, 5, 1, 1, 53]));
      }),
    ],
  ];
  for (const [what, bytes] of malformed) {
    it(`[SY4] ${what} ends the connection with 4400 and nobody else notices`, async () => {
      const honest = world.open(world.claims("agent"));
      await until("in", () => honest.getSnapshot().synced);
      const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
      hostile.send(bytes);
      await until("closed", () => hostile.closeCode !== null);
      expect(hostile.closeCode).toBe(4400);
      drawMark(honest.doc);
      await until("the room goes on", () => !honest.getSnapshot().unsaved);
      expect(honest.getSnapshot().connection).toBe("online");
    });
  }

  it("[SY51] who was ended, and why, is logged with ids and without what was sent", async () => {
    const claims = world.claims("customer");
    const raw = await connectRaw(world.address(world.token(claims)));
    raw.socket.send("Bea's address is Via Roma 1");
    await until("closed", () => raw.closeCode !== null);
    const { conversationId } = world;
    const who = {
      conversationId,
      participantId: claims.participantId,
      role: "customer",
      reason: "malformed",
    };
    expect(world.ended).toEqual([`warn a connection was ended ${JSON.stringify(who)}`]);
  });

  it("[SY4] a text frame ends the connection with 4400", async () => {
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    hostile.socket.send("hello");
    await until("closed", () => hostile.closeCode !== null);
    expect(hostile.closeCode).toBe(4400);
  });

  it("[SY4] one client's history in two sections is not taken apart differently than it was checked", async () => {
    const doc = new Y.Doc();
    doc.getMap("marks").set("mark-00000001", 1);
    const update = Y.encodeStateAsUpdate(doc);
    // The same section twice, under a count of two.
    const section = update.slice(1, -1);
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    hostile.sendUpdate(new Uint8Array([2, ...section, ...section, 0]));
    await until("closed", () => hostile.closeCode !== null);
    expect(hostile.closeCode).toBe(4400);
  });

  it("[SY5] a frame above the limit ends the connection with 4413", async () => {
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    hostile.send(new Uint8Array(MAX_FRAME_BYTES + 1));
    await until("closed", () => hostile.closeCode !== null);
    expect(hostile.closeCode).toBe(4413);
  });

  it("[SY5] too many frames end the connection with 4429", async () => {
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    for (let count = 0; count < 3_000; count++) hostile.send(new Uint8Array([wire.queryAwareness]));
    await until("closed", () => hostile.closeCode !== null);
    expect(hostile.closeCode).toBe(4429);
  });

  it("[SY5] too many requests end the connection with 4429", async () => {
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    for (let count = 0; count < 300; count++) hostile.sendJson(wire.chat, { type: "typing", typing: true });
    await until("closed", () => hostile.closeCode !== null);
    expect(hostile.closeCode).toBe(4429);
  });

  it("[SY5] asking for the whole document over and over ends the connection with 4429", async () => {
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    for (let count = 0; count < 40; count++) hostile.send(sync(0, new Uint8Array([0])));
    await until("closed", () => hostile.closeCode !== null);
    expect(hostile.closeCode).toBe(4429);
  });

  it("[SY1] a drawing of many strokes at once is no flood", async () => {
    const anna = world.open(world.claims("agent"));
    await until("in", () => anna.getSnapshot().synced);
    for (let count = 0; count < 500; count++) drawMark(anna.doc);
    await until("stored", () => !anna.getSnapshot().unsaved);
    expect(anna.getSnapshot().connection).toBe("online");
    expect(markIds(anna.doc)).toHaveLength(500);
  });
});
