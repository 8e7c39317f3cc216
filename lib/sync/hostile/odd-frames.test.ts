import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_FRAME_BYTES } from "@/lib/protocol/limits";
import { wire } from "@/lib/protocol/wire";
import type { Room } from "@/lib/sync/client/room";
import { type BareSocket, opcodes, openBare } from "@/tests/support/sync/bare-socket";
import { drawMark } from "@/tests/support/sync/draw";
import { jsonFrame } from "@/tests/support/sync/honest-frames";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

let world: World;
let honest: Room;
beforeEach(async () => {
  world = await startWorld();
  honest = world.open(world.claims("agent"));
  await until("in", () => honest.getSnapshot().synced);
});
afterEach(async () => {
  drawMark(honest.doc);
  await until("the room goes on", () => !honest.getSnapshot().unsaved);
  expect(honest.getSnapshot()).toMatchObject({ connection: "online", docGeneration: 0 });
  expect(world.logged.filter((line) => line.startsWith("error"))).toEqual([]);
  await world.close();
});

const customer = () => world.address(world.token(world.claims("customer")));
const no = new Uint8Array();

async function closedWith(socket: BareSocket): Promise<number | null> {
  await until("told why", () => socket.closeCode !== null || socket.closed);
  socket.destroy();
  return socket.closeCode;
}

describe("tiny and giant frames", () => {
  it("[SY4] of all frames of one byte one is a frame", async () => {
    const codes = new Map<number, number | null>();
    let claims = world.claims("customer");
    for (let byte = 0; byte < 256; byte++) {
      // Nobody may come back as often as this.
      if (byte % 25 === 0) claims = world.claims("customer");
      const client = await connectRaw(world.address(world.token(claims)));
      client.send(new Uint8Array([byte]));
      client.sendJson(wire.control, { type: "confirm", id: "confirm-0001" });
      const answered = () => client.control.some((update) => update.type === "done");
      await until("dealt with", () => client.closeCode !== null || answered());
      codes.set(byte, client.closeCode);
      client.socket.terminate();
    }
    const taken = [...codes].filter(([, code]) => code !== 4400);
    expect(taken).toEqual([[wire.queryAwareness, null]]);
  });

  it("[SY5] MAX_FRAME_BYTES are read, one more is too large, and no more than four times that is held", async () => {
    // Noise that is read is malformed.
    for (const [bytes, code] of [
      [MAX_FRAME_BYTES, 4400],
      [MAX_FRAME_BYTES + 1, 4413],
      [4 * MAX_FRAME_BYTES + 1, 1009],
    ] as const) {
      const socket = await openBare(customer());
      socket.send(new Uint8Array(bytes).fill(9));
      expect(await closedWith(socket)).toBe(code);
    }
  });

  it("[SY5] a frame that claims more than is held ends at its head", async () => {
    for (const claimedLength of [4 * MAX_FRAME_BYTES + 1, 2 ** 32, 2 ** 52]) {
      const socket = await openBare(customer());
      socket.send(no, { claimedLength });
      expect(await closedWith(socket)).toBe(1009);
    }
  });
});

describe("frames in fragments", () => {
  it("[SY73] an honest frame may come byte by byte", async () => {
    const frame = jsonFrame(wire.chat, { type: "send", clientId: "message-0001", text: "In pieces" });
    const socket = await openBare(customer());
    for (const [at, byte] of frame.entries()) {
      const opcode = at === 0 ? opcodes.binary : opcodes.continuation;
      socket.send(new Uint8Array([byte]), { opcode, fin: at === frame.length - 1 });
    }
    await until("it arrives", () => honest.getSnapshot().messages.length === 1);
    expect(honest.getSnapshot().messages[0]?.body).toEqual({ kind: "text", text: "In pieces" });
    socket.destroy();
  });

  it("[SY73] fragments are counted together", async () => {
    const half = new Uint8Array(MAX_FRAME_BYTES / 2 + 1);
    const twoHalves = await openBare(customer());
    twoHalves.send(half, { fin: false });
    twoHalves.send(half, { opcode: opcodes.continuation });
    expect(await closedWith(twoHalves)).toBe(4413);
    const endless = await openBare(customer());
    endless.send(half, { fin: false });
    for (let count = 0; count < 10 && !endless.closed; count++)
      endless.send(half, { opcode: opcodes.continuation, fin: false });
    expect(await closedWith(endless)).toBe(1009);
  });

  it("[SY73] endless fragments of a byte, or of nothing, do not pile up", async () => {
    for (const piece of [new Uint8Array(1), no]) {
      const socket = await openBare(customer());
      socket.send(piece, { fin: false });
      for (let count = 0; count < 20_000; count++)
        socket.send(piece, { opcode: opcodes.continuation, fin: false });
      expect(await closedWith(socket)).toBe(1008);
    }
  });
});

describe("what no client of ours sends", () => {
  it("[SY73] text, compressed, unmasked and reserved frames end the connection", async () => {
    const frames = [
      [4400, { opcode: opcodes.text }],
      [1002, { compressed: true }],
      [1002, { masked: false }],
      [1002, { opcode: 3 }],
      [1002, { opcode: 11 }],
      [1002, { opcode: opcodes.continuation }],
      [1002, { opcode: opcodes.ping, fin: false }],
      [1002, { opcode: opcodes.ping, claimedLength: 126 }],
    ] as const;
    for (const [code, shape] of frames) {
      const socket = await openBare(customer());
      socket.send(new Uint8Array([wire.queryAwareness]), shape);
      expect(await closedWith(socket)).toBe(code);
    }
  });

  it("[SY76] pongs that nobody asked for count as frames", async () => {
    const socket = await openBare(customer());
    await until("welcomed", () => socket.count(opcodes.binary) > 0);
    for (let count = 0; count < 5_000; count++) socket.send(new Uint8Array(125), { opcode: opcodes.pong });
    expect(await closedWith(socket)).toBe(4429);
  });

  it("[SY76] so do pings, whose answers are read", async () => {
    const socket = await openBare(customer());
    await until("welcomed", () => socket.count(opcodes.binary) > 0);
    let sent = 0;
    while (socket.closeCode === null) {
      for (let count = 0; count < 10; count++) socket.send(no, { opcode: opcodes.ping });
      sent += 10;
      await until("answered", () => socket.count(opcodes.pong) === sent || socket.closeCode !== null);
    }
    expect(await closedWith(socket)).toBe(4429);
    expect(sent).toBeLessThan(2_500);
  });

  it("[SY76] and pings whose answers would pile up cut the line", async () => {
    const socket = await openBare(customer());
    await until("welcomed", () => socket.count(opcodes.binary) > 0);
    for (let count = 0; count < 5_000; count++) socket.send(new Uint8Array(125), { opcode: opcodes.ping });
    await until("cut off", () => socket.closed);
    expect(socket.count(opcodes.pong)).toBeLessThan(100);
  });
});
