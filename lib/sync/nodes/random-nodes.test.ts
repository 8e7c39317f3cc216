import { afterEach, expect, it } from "vitest";
import type { Map as YMap } from "yjs";
import type { Room } from "@/lib/sync/client/room";
import { type Cluster, type ClusterNode, startCluster } from "@/tests/support/sync/cluster";
import { drawMark } from "@/tests/support/sync/draw";
import { type NodeProcess, startNodeProcess } from "@/tests/support/sync/node-process-handle";
import { random } from "@/tests/support/sync/random";
import { until } from "@/tests/support/sync/until";
import { markIds } from "@/tests/support/sync/world";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const STEPS = 1_000;
/** Between two steps, milliseconds: five people who draw and write without a pause. */
const STEP_EVERY_MS = 8;
/** A busy machine takes longer for each step, not fewer of them. */
const WALK_WITHIN_MS = 90_000;
/** Reconnecting waits up to five seconds between attempts, a lost node is noticed after six. */
const CONVERGE_WITHIN_MS = 40_000;

let cluster: Cluster;
let mortal: NodeProcess;
afterEach(async () => {
  await mortal.kill("SIGKILL");
  await cluster.close();
});

const marks = (room: Room) => room.doc.getMap<YMap<unknown>>("marks");
const texts = (room: Room) =>
  room.getSnapshot().messages.map(({ seq, body }) => `${seq} ${body.kind === "text" ? body.text : ""}`);

function stateOf(room: Room): string {
  const { connection, synced, unsaved, lastRefusal, messages } = room.getSnapshot();
  const flags = `${connection}${synced ? " synced" : ""}${unsaved ? " unsaved" : ""}`;
  const refused = lastRefusal ? `, refused ${lastRefusal.count} x, last ${lastRefusal.code}` : "";
  return `${flags}, ${marks(room).size} marks, ${messages.length} messages${refused}`;
}

it(`[SY1, SY91, SY93] whatever is drawn on three nodes while lines break and nodes are killed, all end the same (SEED=${seed})`, async () => {
  const next = random(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  cluster = await startCluster();
  const lasting = [await cluster.start(), await cluster.start()];
  const place = { database: cluster.databaseUrl, redisUrl: cluster.redis.url };
  mortal = await startNodeProcess(place);
  let mayWalk = true;
  const where = () => {
    const alive = [...lasting, mortal].filter((node) => !("ended" in node && node.ended));
    return pick(alive).baseUrl;
  };
  const people: { readonly room: Room; readonly isAgent: boolean }[] = [];
  for (const isAgent of [true, true, false, false, false]) {
    const { agent, customer } = cluster.place;
    const room = isAgent ? cluster.open(agent, "agent", where) : cluster.open(customer, "customer", where);
    people.push({ room, isAgent });
  }
  const rooms = people.map(({ room }) => room);
  await until("all are in", () => rooms.every((room) => room.getSnapshot().synced));

  const breakLine = (node: ClusterNode) => {
    if (next() < 0.5) node.line.cut();
    else node.line.heal();
  };
  /** Slow ones run beside the others, one at a time: no node starts while there is no Redis. */
  const running = new Set<string>();
  const beside = (name: string, run: () => Promise<void>) => {
    if (running.has(name) || !mayWalk) return;
    running.add(name);
    void run().finally(() => running.delete(name));
  };
  const step = () => {
    const { room, isAgent } = pick(people);
    const chance = next();
    const [id] = [pick([...marks(room).keys(), ""])];
    if (chance < 0.55) drawMark(room.doc);
    else if (chance < 0.7 && id !== "")
      (marks(room).get(id) as YMap<unknown>).set("x", Math.floor(next() * 900));
    else if (chance < 0.78 && id !== "") marks(room).delete(id);
    else if (chance < 0.9) room.sendText(`${isAgent ? "A" : "C"} ${chance}`);
    else if (chance < 0.96) cluster.drop(room);
    else if (chance < 0.985) breakLine(pick(lasting));
    else if (chance < 0.993)
      beside("outage", async () => {
        await cluster.redis.kill();
        await cluster.redis.start();
      });
    else
      beside("outage", async () => {
        await mortal.kill("SIGKILL");
        mortal = await startNodeProcess(place);
      });
  };
  let steps = 0;
  const walking = setInterval(() => {
    for (let count = 0; count < 2 && steps < STEPS; count++, steps++) step();
  }, STEP_EVERY_MS);
  await until("walked", () => steps >= STEPS, WALK_WITHIN_MS);
  clearInterval(walking);
  mayWalk = false;
  await until("settled", () => running.size === 0, CONVERGE_WITHIN_MS);
  for (const { line } of lasting) line.heal();

  const same = (of: (room: Room) => string) => new Set(rooms.map(of)).size === 1;
  const agree = () =>
    rooms.every((room) => room.getSnapshot().synced && !room.getSnapshot().unsaved) &&
    same(({ doc }) => markIds(doc).join()) &&
    same((room) => texts(room).join());
  await until("all agree", agree, CONVERGE_WITHIN_MS).catch((cause) => {
    throw new Error(`SEED=${seed}: ${rooms.map(stateOf).join("; ")}`, { cause });
  });
  for (const room of rooms) expect(marks(room).toJSON()).toEqual(marks(rooms[0] as Room).toJSON());
  expect(marks(rooms[0] as Room).size).toBeGreaterThan(50);
  const numbers = rooms[0]?.getSnapshot().messages.map(({ seq }) => seq) ?? [];
  expect(numbers.length).toBeGreaterThan(20);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  const stored = await cluster.stored();
  expect(stored.getMap("marks").toJSON()).toEqual(marks(rooms[0] as Room).toJSON());
}, 240_000);
