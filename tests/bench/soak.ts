/**
 * An hour of a busy shop in a few minutes: conversations are opened, drawn in, written in and left, a thousand in all
 * (fifty at a time, three minutes each, make a thousand an hour), in a server process of its own with everything on.
 * After each round, when their rooms are freed and garbage is collected, its memory is looked at: it must be flat.
 * `npm run bench:soak` takes about four minutes; `-- --quick` gives a rough idea.
 */
import { existsSync } from "node:fs";
import { openTestDatabase } from "@/tests/support/database";
import { FLAT_TARGET, flatness } from "./flatness";
import { contenders, withServer } from "./sync/contenders";
import { ownRow } from "./sync/figures";
import { sparkline } from "./sync/sparkline";
import { playVisits } from "./sync/visits";
import { report } from "./table";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 12 : 36;
const VISITS_A_ROUND = 28;
const VISITS_AT_ONCE = 14;
const MEGABYTE = 1_048_576;

interface Sample {
  readonly resident: number;
  readonly heap: number;
}

const database = await openTestDatabase(existsSync("/usr/lib/postgresql") ? "postgres" : "pglite");
const [ours] = contenders(database, null);
if (ours === undefined) throw new Error("unreachable: ours is the first");
const samples: Sample[] = [];
const started = performance.now();
await withServer(ours, async (running) => {
  for (let round = 1; round <= ROUNDS; round++) {
    await playVisits(running, VISITS_A_ROUND, VISITS_AT_ONCE);
    const { residentBytes, heapBytes } = await running.server.measure(true);
    samples.push({ resident: residentBytes / MEGABYTE, heap: heapBytes / MEGABYTE });
    if (round % 9 === 0) console.log(`${round * VISITS_A_ROUND} visits`);
  }
});
const seconds = (performance.now() - started) / 1_000;
await database.close();

const rows = (["resident", "heap"] as const).flatMap((what) => {
  const values = samples.map((sample) => sample[what]);
  const { last: atLast, growth } = flatness(values);
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  console.log(`${what.padEnd(8)} ${first.toFixed(0)} MB ${sparkline(values)} ${last.toFixed(0)} MB`);
  return [
    ownRow(`${what} memory, last quarter`, "MB", atLast, null),
    ownRow(`${what} memory, last quarter of the second`, "x", growth, FLAT_TARGET),
  ];
});
rows.push(
  ownRow("visits", "", ROUNDS * VISITS_A_ROUND, null),
  ownRow("visits a second", "", (ROUNDS * VISITS_A_ROUND) / seconds, null),
);
process.exit((await report("soak", rows)) ? 0 : 1);
