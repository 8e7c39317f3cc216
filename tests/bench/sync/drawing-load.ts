/** People drawing and pointing at a steady rate in many rooms, while the server's CPU time and the strokes' way are measured. */
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { marksOf } from "@/lib/panel/schema";
import { random } from "@/tests/support/sync/random";
import { until } from "@/tests/support/sync/until";
import { batches } from "./batches";
import type { Running } from "./contenders";
import { framed } from "./framing";
import { type LoadClient, openLoadClient } from "./load-client";
import { Hand } from "./prepared-frames";
import type { BenchRoom, Seat } from "./rooms";

export interface DrawingShape {
  readonly rooms: number;
  readonly clientsPerRoom: number;
  /** Of each client; as many cursors come between. */
  readonly strokesPerSecond: number;
}

export interface Timing {
  /** Before measuring: code is compiled, pools are filled. */
  readonly warmUpMs: number;
  readonly windowMs: number;
}

export interface DrawingResult {
  /** Of the server's process for each frame that a client sent. */
  readonly cpuMicrosPerMessage: number;
  /** Milliseconds from one client's write until another's document has it. */
  readonly strokeMs: { readonly median: number; readonly p99: number };
  /** Of one core, for the load itself. */
  readonly loadShare: number;
  /** How late frames were sent, milliseconds, 99 %: above a few, the load was short of CPU. */
  readonly sentLateMs: number;
}

/** Decides only in which order clients take turns; the same for every server. */
const ORDER_SEED = 3;
const TICK_MS = 1;
const ARRIVE_WITHIN_MS = 30_000;
/** For what a server does after the last stroke was seen: cursors, storing, facts. */
const REST_MS = 300;
const OPEN_AT_ONCE = 25;

interface Turn {
  readonly id: string | null;
  readonly frame: Uint8Array;
}

interface Drawer {
  readonly client: LoadClient;
  readonly turns: readonly Turn[];
}

/** The first seat of a room looks: it holds the document in which the others' strokes must appear. */
class Lookers {
  readonly arrived: { readonly sentAt: number; readonly ms: number }[] = [];
  readonly onTheWay = new Map<string, number>();

  look(): Y.Doc {
    const doc = new Y.Doc();
    marksOf(doc).observe((event) => {
      const now = performance.now();
      for (const id of event.keysChanged) {
        const sentAt = this.onTheWay.get(id);
        if (sentAt === undefined || !this.onTheWay.delete(id)) continue;
        this.arrived.push({ sentAt, ms: now - sentAt });
      }
    });
    return doc;
  }
}

export async function draw(running: Running, shape: DrawingShape, timing: Timing): Promise<DrawingResult> {
  const { server } = running;
  const rooms = await running.makeRooms(shape.rooms, shape.clientsPerRoom);
  const lookers = new Lookers();
  const turnsEach = Math.ceil(((timing.warmUpMs + timing.windowMs) / 1_000 + 1) * shape.strokesPerSecond * 2);
  const seats = rooms.flatMap((room) => room.seats.map((seat, index) => ({ room, seat, index })));
  const drawers = await batches(shuffled(seats), OPEN_AT_ONCE, ({ room, seat, index }) =>
    sitDown(running, room, seat, index, turnsEach, index === 0 ? lookers.look() : null),
  );
  const load = new Pace(drawers, shape.strokesPerSecond * 2, lookers.onTheWay);
  // From rest to rest: each message's whole cost is inside, even when the server cannot keep up.
  const rest = () => comeToRest(running.name, lookers);
  await load.runFor(timing.warmUpMs);
  await rest();
  const before = await look(server, load);
  load.late.length = 0;
  await load.runFor(timing.windowMs);
  const stoppedAt = performance.now();
  const loadMicros = cpuMicros() - before.loadMicros;
  await rest();
  const after = await look(server, load);
  const problems = drawers.flatMap(({ client }) => client.problems);
  if (problems.length > 0) throw new Error(`${running.name}: ${[...new Set(problems)].join(", ")}`);
  await Promise.all(drawers.map(({ client }) => client.close()));
  await server.settle();
  const ways = lookers.arrived
    .filter(({ sentAt }) => sentAt >= before.at)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  const quantile = (of: readonly number[], share: number) => of[Math.floor(of.length * share)] ?? Number.NaN;
  return {
    cpuMicrosPerMessage: (after.cpuMicros - before.cpuMicros) / (after.sent - before.sent),
    strokeMs: { median: quantile(ways, 0.5), p99: quantile(ways, 0.99) },
    loadShare: loadMicros / 1_000 / (stoppedAt - before.at),
    sentLateMs: quantile(
      [...load.late].sort((a, b) => a - b),
      0.99,
    ),
  };
}

async function comeToRest(name: string, { onTheWay }: Lookers): Promise<void> {
  await until("every stroke arrived", () => onTheWay.size === 0, ARRIVE_WITHIN_MS).catch((cause) => {
    throw new Error(`${name} lost ${onTheWay.size} strokes`, { cause });
  });
  await sleep(REST_MS);
}

async function look(server: Running["server"], load: Pace) {
  const measured = await server.measure();
  return {
    cpuMicros: measured.cpuMicros,
    sent: load.sent,
    at: performance.now(),
    loadMicros: cpuMicros(),
  };
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function sitDown(
  { server, dialect }: Running,
  room: BenchRoom,
  seat: Seat,
  index: number,
  turns: number,
  doc: Y.Doc | null,
): Promise<Drawer> {
  const framing = dialect(room.name, seat);
  const hand = new Hand(seat);
  const strokes = hand.strokes(Math.ceil(turns / 2));
  const cursors = hand.cursors(Math.ceil(turns / 2));
  // Half the room points while the other half draws.
  const prepared = strokes.flatMap(({ id, frame }, turn) => {
    // Nobody looks at the strokes of the one who looks.
    const stroke = { id: index === 0 ? null : id, frame: framed(framing, frame) };
    const cursor = { id: null, frame: framed(framing, cursors[turn] ?? frame) };
    return index % 2 === 0 ? [stroke, cursor] : [cursor, stroke];
  });
  return { client: await openLoadClient(server.urlFor(index), framing, doc), turns: prepared };
}

/** Sends everybody's frames in turn, evenly spread over time. */
class Pace {
  sent = 0;
  readonly late: number[] = [];
  private readonly perMs: number;

  constructor(
    private readonly drawers: readonly Drawer[],
    turnsPerSecond: number,
    private readonly onTheWay: Map<string, number>,
  ) {
    this.perMs = (drawers.length * turnsPerSecond) / 1_000;
  }

  async runFor(ms: number): Promise<void> {
    const first = this.sent;
    const start = performance.now();
    for (let past = 0; past < ms; past = performance.now() - start) {
      const due = first + Math.floor(past * this.perMs);
      if (due > this.sent) this.late.push((due - this.sent) / this.perMs);
      while (this.sent < due) this.send(this.sent++);
      await sleep(TICK_MS);
    }
  }

  private send(count: number): void {
    const drawer = this.drawers[count % this.drawers.length];
    const turn = drawer?.turns[Math.floor(count / this.drawers.length)];
    if (drawer === undefined || turn === undefined) return;
    if (turn.id !== null) this.onTheWay.set(turn.id, performance.now());
    drawer.client.send(turn.frame);
  }
}

/** People do not take turns by room. */
function shuffled<T>(values: readonly T[]): T[] {
  const next = random(ORDER_SEED);
  return values
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
