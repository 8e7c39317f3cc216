/**
 * What the catalogue costs: imports, search, events. `npm run bench:catalogue` takes the better part of an hour;
 * `-- --quick` gives a rough idea, `-- import`, `-- search` or `-- events` one part.
 */
import { loadavg } from "node:os";
import { eventRows } from "./catalogue/events";
import { importRows } from "./catalogue/import";
import { searchRows } from "./catalogue/search";
import { type Row, report } from "./table";

const quick = process.argv.includes("--quick");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));

const say = (what: string) =>
  console.log(
    `${performance.now().toFixed(0).padStart(7)} ms, machine's load ${loadavg()[0]?.toFixed(1)}: ${what}`,
  );

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  import: () =>
    importRows(
      quick ? { small: 1_000, large: 10_000, peer: 200 } : { small: 10_000, large: 100_000, peer: 2_000 },
      say,
    ),
  search: () => searchRows(quick ? { products: 10_000, rounds: 2 } : { products: 100_000, rounds: 20 }, say),
  events: () =>
    eventRows(
      quick
        ? { small: 100_000, large: 1_000_000, batches: 500, rounds: 1 }
        : { small: 1_000_000, large: 10_000_000, batches: 2_000, rounds: 3 },
      say,
    ),
};

const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (named.length === 0 || named.includes(name)) rows.push(...(await measure()));
}
process.exit((await report("catalogue", rows)) ? 0 : 1);
