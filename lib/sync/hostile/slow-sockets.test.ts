import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { wire } from "@/lib/protocol/wire";
import type { Room } from "@/lib/sync/client/room";
import type { SyncOptions } from "@/lib/sync/server/options";
import type { Journal } from "@/lib/sync/server/ports";
import {
  type BareSocket,
  opcodes,
  openBare,
  openTcp,
  upgradeRequest,
} from "@/tests/support/sync/bare-socket";
import { drawMark } from "@/tests/support/sync/draw";
import { presenceFrame } from "@/tests/support/sync/honest-frames";
import { MemoryJournal } from "@/tests/support/sync/memory-journal";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

let world: World;
const sockets: BareSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await world.close();
});

async function enter(address: string): Promise<BareSocket> {
  const socket = await openBare(address);
  sockets.push(socket);
  await until("welcomed", () => socket.count(opcodes.binary) > 0);
  return socket;
}

const customer = () => world.address(world.token(world.claims("customer")));

describe("a peer that stops answering", () => {
  let honest: Room;
  beforeEach(async () => {
    world = await startWorld({ pingMs: 250, closeWithinMs: 200 });
    honest = world.open(world.claims("agent"));
    await until("in", () => honest.getSnapshot().synced);
  });

  it("[SY77] is gone, with its presence, when the second ping is due: whether it says nothing or half a frame", async () => {
    const unfinished = new Uint8Array(10);
    for (const [clientId, last] of [
      [4_711, null],
      [4_712, unfinished],
    ] as const) {
      const socket = await enter(customer());
      socket.send(presenceFrame(clientId, 1, {}));
      const isSeen = () => honest.awareness.getStates().has(clientId);
      await until("its presence is seen", isSeen);
      if (last) socket.send(last, { claimedLength: 1_000_000 });
      await until("its presence is taken back", () => !isSeen());
      await until("it is cut off", () => socket.closed);
      expect(socket.count(opcodes.ping)).toBeLessThanOrEqual(2);
      expect(world.server.figures().connections).toBe(1);
    }
    expect(honest.getSnapshot().connection).toBe("online");
  });

  it("[SY77] is cut off when it does not answer the close frame, and frees the room", async () => {
    honest.close();
    const malformed = await enter(customer());
    malformed.send(new Uint8Array([99]));
    await until("told why", () => malformed.closeCode === 4400);
    await until("it is cut off", () => malformed.closed);
    await until("the room is freed", () => world.server.figures().rooms === 0);
  });

  it("[SY77] is cut off too when it was turned away at the door", async () => {
    const address = world.address("forged");
    const all = await Promise.all(Array.from({ length: 500 }, () => openBare(address)));
    sockets.push(...all);
    await until("all are cut off", () => all.every(({ closed }) => closed));
    expect(new Set(all.map(({ closeCode }) => closeCode))).toEqual(new Set([4401]));
    drawMark(honest.doc);
    await until("the room goes on", () => !honest.getSnapshot().unsaved);
  });
});

describe("thousands at the door", () => {
  /** Lets nobody in: a room is loaded when the gate opens. */
  let openGate: () => void;

  async function start(options: Partial<SyncOptions>): Promise<void> {
    const journal = new MemoryJournal();
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    const slow: Journal = {
      load: (conversationId) => gate.then(() => journal.load(conversationId)),
      append: (batch) => journal.append(batch),
      compact: (conversationId, merge) => journal.compact(conversationId, merge),
    };
    world = await startWorld({ closeWithinMs: 200, ...options }, { journal: slow });
  }

  async function knock(address: string): Promise<BareSocket> {
    const socket = await openTcp(address);
    sockets.push(socket);
    socket.write(upgradeRequest(address));
    return socket;
  }

  it("[SY78] only so many wait; the others are told to come again, and who waited too long also", async () => {
    await start({ maxAtDoor: 50, doorWithinMs: 1_500 });
    const address = customer();
    const all: BareSocket[] = [];
    for (let count = 0; count < 2_000; count++) all.push(await knock(address));
    const sentOff = () => all.filter(({ status }) => status === 503);
    await until("the others are sent off", () => sentOff().length === 1_950);
    await until("and cut off", () => sentOff().every(({ closed }) => closed));
    const waiting = all.filter((socket) => !sentOff().includes(socket));
    await until("nobody waits for ever", () => waiting.every(({ closed }) => closed));
    expect(new Set(waiting.map(({ closeCode }) => closeCode))).toEqual(new Set([4503]));
    openGate();
    const honest = world.open(world.claims("agent"));
    await until("the honest are let in", () => honest.getSnapshot().synced);
    expect(world.server.figures()).toMatchObject({ rooms: 1, connections: 1 });
    expect(world.logged.filter((line) => line.startsWith("error"))).toEqual([]);
  });

  it("[SY78] who leaves while waiting leaves nothing behind", async () => {
    await start({ maxAtDoor: 50 });
    const address = customer();
    for (let count = 0; count < 50; count++) (await knock(address)).destroy();
    openGate();
    await until("nothing is left", () => world.server.figures().rooms === 0);
    const socket = await enter(customer());
    socket.send(new Uint8Array([wire.queryAwareness]));
    await until("there is room at the door", () => socket.count(opcodes.binary) > 1);
    expect(world.server.figures()).toMatchObject({ rooms: 1, connections: 1 });
  });
});
