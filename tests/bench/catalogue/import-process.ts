/** One import in a process of its own, so that its memory is its own. Prints one line of JSON. */
import { createReadStream } from "node:fs";
import { importFeed } from "@/lib/catalogue/feed/import-feed";
import { connect, provideDb } from "@/lib/db/client";
import { configSlot } from "@/lib/protocol/config-slot";
import { shopIdSchema } from "@/lib/protocol/ids";

const [url = "", dataDir = "", file = "", shopId = "", embedded = ""] = process.argv.slice(2);

const client = connect(url);
provideDb(client.db);
configSlot.provide({
  publicUrl: "http://127.0.0.1:3000",
  dataDir,
  secret: "for a benchmark only, which signs nothing",
  version: "0.0.0-bench",
  embedded: embedded === "embedded",
});
const phases: Record<string, number> = {};
let phase = "";
const began = performance.now();
const cpu = process.cpuUsage();
const report = await importFeed({
  shopId: shopIdSchema.parse(shopId),
  sourceId: "bench",
  source: createReadStream(file),
  defaults: { currency: "EUR", locale: "" },
  now: Date.now(),
  mayShrink: false,
  onProgress: (progress) => {
    if (progress.phase === phase) return;
    phase = progress.phase;
    phases[phase] = Math.round(performance.now() - began);
  },
});
const ms = performance.now() - began;
const used = process.cpuUsage(cpu);
const cpuMs = (used.user + used.system) / 1_000;
const peakMb = process.resourceUsage().maxRSS / 1_024;
await client.close();
const { products, rows, sameFile } = report;
process.stdout.write(`${JSON.stringify({ ms, cpuMs, peakMb, phases, products, rows, sameFile })}\n`);
