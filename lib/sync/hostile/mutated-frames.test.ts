import { isDeepStrictEqual } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { readMark } from "@/lib/panel/schema";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { Room } from "@/lib/sync/client/room";
import { MalformedFrame, parseFrame } from "@/lib/sync/server/frame";
import { mergeStored } from "@/lib/sync/server/stored-panel";
import { Attacker } from "@/tests/support/sync/attacker";
import { drawMark } from "@/tests/support/sync/draw";
import { honestFrames } from "@/tests/support/sync/honest-frames";
import { mutated } from "@/tests/support/sync/mutate";
import { random } from "@/tests/support/sync/random";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** All go through the server's parser, and all that it takes go to a running server over real websockets. */
const FRAMES = 100_000;
/** Of those that it does not take, as many go to the server too: each costs a connection. */
const MALFORMED_SENT = 1_500;
const ATTACKERS = 6;
/** An honest stroke after every so many frames. */
const STROKE_EVERY = 400;
/** A token for the whole storm, on a clock that runs ahead a second a frame so that no rate ends it; milliseconds. */
const LONG = 1e10;

/** Bytes. A connection that is kept costs 10 KB and more: the thousands of half a storm would be past this. */
const MAX_GROWTH = 16_777_216;

/** Each half takes eight seconds on a machine that does nothing else. */
const TIMEOUT_MS = 90_000;

let world: World;
let ahead = 0;
let honest: readonly [Room, Room];
/** What the honest drew, as it must stay. */
let drawn: Map<string, unknown>;

const you = (room: Room) => room.getSnapshot().you ?? "";
const panelOf = (doc: Y.Doc) => ["items", "marks", "stage"].map((root) => doc.getMap(root).toJSON());
const marksOf = (doc: Y.Doc): Record<string, unknown> => doc.getMap("marks").toJSON();

beforeEach(async () => {
  ahead = 0;
  drawn = new Map();
  world = await startWorld({ now: () => Date.now() + ahead });
  honest = [world.open(world.claims("agent")), world.open(world.claims("customer"))];
  await until("the honest are in", () => honest.every((room) => room.getSnapshot().synced));
  strokes();
});
afterEach(() => world.close());

function strokes(): void {
  for (const room of honest) {
    const id = drawMark(room.doc, "item-0001", you(room));
    drawn.set(id, marksOf(room.doc)[id]);
  }
}

function parses(frame: Uint8Array): boolean {
  try {
    parseFrame(frame);
    return true;
  } catch (error) {
    // Not `expect`, which takes longer than the parsing.
    if (!(error instanceof MalformedFrame)) throw error;
    return false;
  }
}

/** Ending the conversation is every customer's right, and would end the storm. */
function ends(frame: Uint8Array): boolean {
  const parsed = parseFrame(frame);
  return parsed.kind === "control" && parsed.request.type === "end";
}

/** Mutates frames as this role would send them, and sends what is worth a connection. @returns memory's growth, bytes */
async function storm(role: ParticipantRole): Promise<number> {
  const claims = world.claims(role, { name: "Mallory" });
  const { participantId } = claims;
  const { productId, assetId } = world;
  const frames = honestFrames({ participantId, productId, assetId, room: honest[0].doc });
  const next = random(seed);
  const sent: Uint8Array[] = [];
  let malformed = 0;
  for (let count = 0; count < FRAMES / 2; count++) {
    const frame = mutated(next, frames);
    if (parses(frame) ? !ends(frame) : ++malformed <= MALFORMED_SENT / 2) sent.push(frame);
  }
  expect(sent.length).toBeGreaterThan(2_500);
  const attackers = Array.from(
    { length: ATTACKERS },
    () => new Attacker(() => world.address(world.token(claims, LONG))),
  );
  const half = Math.floor(sent.length / 2);
  await send(attackers, sent.slice(0, half));
  const before = heapBytes();
  await send(attackers, sent.slice(half));
  const growth = heapBytes() - before;
  expect(attackers.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(sent.length);
  for (const attacker of attackers) await attacker.leave();
  return growth;
}

async function send(attackers: readonly Attacker[], frames: readonly Uint8Array[]): Promise<void> {
  let sent = 0;
  const work = async (attacker: Attacker) => {
    for (let frame = frames[sent++]; frame; frame = frames[sent++]) {
      ahead += 1_000;
      if (sent % STROKE_EVERY === 0) strokes();
      await attacker.deliver(frame);
    }
  };
  await Promise.all(attackers.map(work));
}

function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}

async function expectAllIsWell(): Promise<void> {
  const [agent, customer] = honest;
  await until("only the honest are there", () => world.server.figures().connections === 2);
  strokes();
  const settled = () => honest.every((room) => !room.getSnapshot().unsaved);
  await until("the last strokes are stored", settled);
  await until("both see the same", () => isDeepStrictEqual(panelOf(agent.doc), panelOf(customer.doc)));
  for (const [id, mark] of drawn) expect(marksOf(agent.doc)[id]).toEqual(mark);
  for (const room of honest) {
    expect(room.getSnapshot()).toMatchObject({ connection: "online", docGeneration: 0, lastRefusal: null });
  }
  expect(world.logged.filter((line) => line.startsWith("error"))).toEqual([]);
  expect(world.server.figures()).toMatchObject({ rooms: 1, connections: 2 });
  const states = [...agent.awareness.getStates().values()] as { participantId?: string }[];
  const present = states.flatMap(({ participantId }) => participantId ?? []);
  expect(new Set(present)).not.toContain("");
  for (const participantId of present) expect(honest.map(you)).toContain(participantId);
  const stored = new Y.Doc();
  Y.applyUpdate(stored, (await mergeStored(await world.stored())).state);
  expect(panelOf(stored)).toEqual(panelOf(agent.doc));
}

it(
  `[SY70] whatever a supervisor's frames are made into, nothing of the room changes (SEED=${seed})`,
  async () => {
    const growth = await storm("supervisor");
    await expectAllIsWell();
    expect(Object.keys(marksOf(honest[0].doc)).sort()).toEqual([...drawn.keys()].sort());
    expect(honest[0].doc.getMap("stage").toJSON()).toEqual({});
    expect(growth).toBeLessThan(MAX_GROWTH);
  },
  TIMEOUT_MS,
);

it(
  `[SY70] whatever a customer's frames are made into, only marks of her own come of it (SEED=${seed})`,
  async () => {
    await storm("customer");
    await expectAllIsWell();
    const authors = new Set(honest.map(you));
    for (const [id, mark] of honest[0].doc.getMap("marks")) {
      if (!drawn.has(id)) expect(authors).not.toContain(readMark(id, mark)?.author);
    }
    expect(Object.keys(honest[0].doc.getMap("items").toJSON())).toContain("item-0001");
  },
  TIMEOUT_MS,
);
