/**
 * The sync server against y-websocket's own server, @hocuspocus/server and, as the physical floor, a bare relay: CPU a
 * message, latency, late joins, memory. Ours has tokens, rights, journal, chat and events on, in a PostgreSQL as tests
 * start it (without fsync: CPU is measured, not the disk); the others have nothing on. Each server is a process of its
 * own, they take turns, the load is this process. `npm run bench:sync` takes about twelve minutes; `-- --quick` gives a
 * rough idea, `--drawing` only CPU, latency and late joins; `--cpu-prof` also profiles ours into bench-results/.
 */
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { openTestDatabase } from "@/tests/support/database";
import { startRedis } from "@/tests/support/redis";
import { type Contender, contenders, twoNodes, withServer } from "./sync/contenders";
import { type DrawingResult, type DrawingShape, draw, type Timing } from "./sync/drawing-load";
import { ownRow, Samples } from "./sync/figures";
import { joinLate, type LateJoinResult, MARKS } from "./sync/late-join";
import { oneStrokeTimes } from "./sync/one-stroke";
import { type MemoryResult, occupy } from "./sync/resident-memory";
import { median, type Row, report } from "./table";

const quick = process.argv.includes("--quick");
const drawingOnly = process.argv.includes("--drawing");
const profileFolder = process.argv.includes("--cpu-prof") ? "bench-results" : null;
const ROUNDS = quick ? 1 : 3;
const JOINS = quick ? 5 : 10;
const IDLE_ROOMS = quick ? 200 : 1_000;
const TIMING: Timing = { warmUpMs: 10_000, windowMs: quick ? 2_000 : 3_500 };
const SHAPES: readonly DrawingShape[] = [
  { rooms: 25, clientsPerRoom: 2, strokesPerSecond: 20 },
  { rooms: 5, clientsPerRoom: 10, strokesPerSecond: 20 },
];
/** Messages a second, whatever the number of rooms. */
const GROWTH_RATE = 1_000;
const GROWTH: readonly DrawingShape[] = (quick ? [10, 100] : [10, 100, 500]).map((rooms) => ({
  rooms,
  clientsPerRoom: 2,
  strokesPerSecond: GROWTH_RATE / 2 / (rooms * 2),
}));
const MARKS_ONE_BY_ONE = quick ? 100 : 300;
/** One animation frame at 60 Hz, milliseconds: what storing and relaying may add. */
const FRAME_MS = 16;
/** A share of the y-websocket server's CPU a message. */
const CPU_TARGET = 0.6;
/** Resident memory after all rooms were opened and closed for the second time, of what it was after the first. */
const MEMORY_TARGET = 1.1;

/** A core's share from which on the load may be what is measured. */
const LOAD_TARGET = 0.85;

const nameOf = ({ rooms, clientsPerRoom }: DrawingShape) => `${rooms} rooms x ${clientsPerRoom}`;
const say = (what: string) =>
  console.log(
    `${performance.now().toFixed(0).padStart(7)} ms, machine's load ${loadavg()[0]?.toFixed(1)}: ${what}`,
  );
const cpu = (result: DrawingResult) => result.cpuMicrosPerMessage;

async function drawAndJoin(all: readonly Contender[]): Promise<Row[]> {
  const drawing = SHAPES.map((shape) => ({ shape, samples: new Samples<DrawingResult>() }));
  const joining = new Samples<LateJoinResult>();
  for (let round = 1; round <= ROUNDS; round++) {
    for (const contender of all) {
      say(`drawing and joining late, ${round} of ${ROUNDS}: ${contender.name}`);
      await withServer(contender, async (running) => {
        for (const { shape, samples } of drawing)
          samples.add(running.name, await draw(running, shape, TIMING));
        if (running.name !== "bare relay") joining.add(running.name, await joinLate(running, JOINS));
      });
    }
  }
  return [
    ...drawing.flatMap(({ shape, samples }) => drawingRows(nameOf(shape), samples)),
    joining.row(`late join, ${MARKS} marks, CPU`, "ms", ({ cpuMs }) => cpuMs, "best"),
    joining.row(`late join, ${MARKS} marks, synced`, "ms", ({ syncedMs }) => syncedMs, "best"),
  ];
}

function drawingRows(at: string, samples: Samples<DrawingResult>): Row[] {
  return [
    samples.row(`CPU a message, ${at}, of y-websocket`, "us", cpu, "y-websocket", CPU_TARGET),
    samples.row(`CPU a message, ${at}, of hocuspocus`, "us", cpu, "hocuspocus", 1),
    samples.row(`stroke, ${at}, median`, "ms", ({ strokeMs }) => strokeMs.median, "best", 1),
    samples.row(`stroke, ${at}, 99 %`, "ms", ({ strokeMs }) => strokeMs.p99, "best", 1),
    samples.row(`load's own CPU, ${at}`, "core", ({ loadShare }) => loadShare, null, LOAD_TARGET),
    samples.row(`load sent late, ${at}, 99 %`, "ms", ({ sentLateMs }) => sentLateMs, null),
  ];
}

async function openAndClose(all: readonly Contender[]): Promise<Row[]> {
  const memory = new Samples<MemoryResult>();
  for (const contender of all) {
    say(`memory: ${contender.name}`);
    await withServer(contender, async (running) =>
      memory.add(running.name, await occupy(running, IDLE_ROOMS)),
    );
  }
  const left = `memory after ${IDLE_ROOMS} rooms, of before`;
  return [
    memory.row(`idle room, of ${IDLE_ROOMS}`, "KB", ({ kilobytesPerRoom }) => kilobytesPerRoom, "best"),
    memory.row(left, "x", ({ afterOfBefore }) => afterOfBefore, null, MEMORY_TARGET),
  ];
}

async function grow(all: readonly Contender[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of GROWTH) {
    const samples = new Samples<DrawingResult>();
    for (const contender of all.filter(({ name }) => name === "ours" || name === "y-websocket")) {
      say(`growth, ${nameOf(shape)}: ${contender.name}`);
      await withServer(contender, async (running) =>
        samples.add(running.name, await draw(running, shape, TIMING)),
      );
    }
    rows.push(samples.row(`CPU a message, ${nameOf(shape)}, ${GROWTH_RATE}/s`, "us", cpu, "best"));
  }
  return rows;
}

/** Half of every room is on another node. */
async function onTwoNodes(one: Contender, two: Contender): Promise<Row[]> {
  const [alone, apart] = [[] as DrawingResult[], [] as DrawingResult[]];
  const [shape] = SHAPES;
  if (shape === undefined) return [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`one node and two, ${round} of ${ROUNDS}`);
    await withServer(one, async (running) => void alone.push(await draw(running, shape, TIMING)));
    await withServer(two, async (running) => void apart.push(await draw(running, shape, TIMING)));
  }
  const compared = (figure: string, unit: string, of: (result: DrawingResult) => number): Row => {
    const [ours, peer] = [median(apart.map(of)), median(alone.map(of))];
    return { figure, unit, ours, peers: { "one node": peer }, ratio: ours / peer, target: null };
  };
  const at = `${nameOf(shape)}, two nodes`;
  return [
    compared(`CPU a message of both, ${at}`, "us", cpu),
    compared(`stroke, ${at}, median`, "ms", ({ strokeMs }) => strokeMs.median),
    compared(`stroke, ${at}, 99 %`, "ms", ({ strokeMs }) => strokeMs.p99),
  ];
}

async function oneByOne(): Promise<Row[]> {
  say("one stroke at a time, embedded database");
  const times = await oneStrokeTimes(MARKS_ONE_BY_ONE);
  const slow = [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return [
    ownRow("one stroke, embedded database, median", "ms", median(times), FRAME_MS),
    ownRow("one stroke, embedded database, 95 %", "ms", slow, null),
  ];
}

const database = await openTestDatabase(existsSync("/usr/lib/postgresql") ? "postgres" : "pglite");
const all = contenders(database, profileFolder);
const rows = await drawAndJoin(all);
if (!drawingOnly) rows.push(...(await openAndClose(all)), ...(await grow(all)));
if (!drawingOnly && existsSync("/usr/bin/redis-server")) {
  const redis = await startRedis();
  const [ours] = all;
  if (ours) rows.push(...(await onTwoNodes(ours, twoNodes(database, redis.url))));
  await redis.close();
}
await database.close();
if (!drawingOnly) rows.push(...(await oneByOne()));
process.exit((await report("sync", rows)) ? 0 : 1);
