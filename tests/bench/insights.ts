/**
 * What reports cost: every one over 30 days and 12 months, taking events in meanwhile, catching up with roll-ups, disk, and how
 * all of this grows. `npm run bench:insights` fills PostgreSQL with ten million events and the embedded database with one;
 * `-- --quick` gives a rough idea; `-- postgres` or `-- embedded` one of the two; `-- --only people --only funnel` these reports and
 * nothing else; `-- --events 3000000` another size. How often a slow report is asked is bounded, so that filling and counting are
 * most of the time it takes.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { getDb } from "@/lib/db/client";
import { type Engine, openTestDatabase } from "@/tests/support/database";
import {
  ask,
  bytesPerEvent,
  catchUp,
  counts,
  ingestRate,
  ingestWhileReading,
  reportTimes,
  times,
} from "./insights/figures";
import { EVENTS_A_VISITOR, fill, makeShop } from "./insights/fill";
import { reports } from "./insights/reports";
import { type Row, report } from "./table";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    events: { type: "string" },
  },
});
const { quick, only } = values;
const unknown = [
  ...only.filter((name) => !(name in reports)),
  ...positionals.filter((name) => name !== "postgres" && name !== "embedded"),
];
if (unknown.length > 0)
  throw new Error(
    `There is no ${unknown.join(", ")}. Engines: postgres, embedded. Reports: ${Object.keys(reports).join(", ")}.`,
  );
const asked = only.length > 0 ? only : Object.keys(reports);
const rounds = quick ? 3 : 20;
const batches = quick ? 100 : 1_000;
/** Milliseconds that the slowest of twenty may take, by days. */
const TARGETS = new Map([
  [30, 300],
  [365, 1_500],
]);

const say = (what: string) =>
  console.log(
    `${performance.now().toFixed(0).padStart(8)} ms, machine's load ${loadavg()[0]?.toFixed(1)}: ${what}`,
  );

const row = (figure: string, unit: string, ours: number, target: number | null = null): Row => ({
  ...{ figure, unit, ours, target },
  ...{ peers: {}, ratio: null },
});

async function measure(engine: Engine, name: string, events: number): Promise<Row[]> {
  const database = await openTestDatabase(engine);
  const rows: Row[] = [];
  // Told as they come, so that a run that is cut off has said something.
  const add = (added: Row) => {
    const { figure, ours, unit, target } = added;
    say(
      `${figure}: ${ours.toFixed(ours < 10 ? 2 : 0)} ${unit}${target === null ? "" : ` (at most ${target})`}`,
    );
    rows.push(added);
  };
  try {
    const shopId = await makeShop();
    const many = Math.round(events / EVENTS_A_VISITOR);
    const few = Math.round(many / 10);
    say(`${name}: ${Math.round(events / 10)} events`);
    await fill(shopId, 0, few);
    await catchUp(shopId, events / 10);
    const before = await reportTimes(shopId, asked, 30, rounds);
    say(`${name}: ${events} events`);
    await fill(shopId, few, many);
    add(row(`${name}: disk for an event, with indexes`, "bytes", await bytesPerEvent(events)));
    say(`${name}: roll-ups from nothing`);
    add(row(`${name}: roll-ups catch up`, "events/s", await catchUp(shopId, events)));
    for (const [days, target] of TARGETS) {
      say(`${name}: reports over ${days} days`);
      for (const [report, { p50, p95 }] of await reportTimes(shopId, asked, days, rounds)) {
        add(row(`${name}: ${report}, ${days} days: p50`, "ms", p50));
        add(row(`${name}: ${report}, ${days} days: p95`, "ms", p95, target));
        const was = before.get(report)?.p50;
        if (days === 30 && was !== undefined)
          add(row(`${name}: ${report}: grows with events to the power of`, "", Math.log10(p50 / was)));
      }
    }
    if (only.length > 0) return rows;
    say(`${name}: the bare table`);
    await getDb().$executeRawUnsafe(`CREATE TABLE bare_event AS SELECT * FROM "Event"`);
    await getDb().$executeRawUnsafe("ANALYZE bare_event");
    for (const [what, sql] of Object.entries(counts)) {
      for (const days of TARGETS.keys()) {
        const ours = (await times(rounds, () => ask(sql.ours, shopId, days))).p50;
        const peer = (await times(rounds, () => ask(sql.peer, shopId, days))).p50;
        const peers = { "plain SQL over the bare table": peer };
        add({ ...row(`${name}: ${what}, ${days} days`, "ms", ours, 1), peers, ratio: ours / peer });
      }
    }
    say(`${name}: taking in`);
    add(row(`${name}: taken in by one after the other`, "events/s", await ingestRate(shopId, batches)));
    add(
      row(
        `${name}: the same while the overview is read`,
        "events/s",
        await ingestWhileReading(shopId, batches),
      ),
    );
  } finally {
    await database.close();
  }
  return rows;
}

const rows: Row[] = [];
const isAsked = (engine: string) => positionals.length === 0 || positionals.includes(engine);
const size = (full: number, rough: number) => Number(values.events ?? (quick ? rough : full));
if (isAsked("postgres")) rows.push(...(await measure("postgres", "PostgreSQL", size(10_000_000, 300_000))));
if (isAsked("embedded")) rows.push(...(await measure("pglite", "embedded", size(1_000_000, 50_000))));
// A few figures do not take the place of all of them.
process.exit((await report(only.length > 0 ? "insights-some" : "insights", rows)) ? 0 : 1);
