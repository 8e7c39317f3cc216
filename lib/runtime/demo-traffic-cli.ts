/**
 * `npm run demo:traffic -- --days 90 --seed 7 [--visitors 200] [--panels 300] [--remove]`: plausible traffic for the demo
 * shop, to look at its reports. Into another shop only with `--shop <key> --not-the-demo-shop`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { StartProblem } from "@/lib/db/start-problem";
import { rollUpShop } from "@/lib/insights/rollups/roll-up";
import { findTrafficShop } from "./demo-traffic/find-traffic-shop";
import { plantTraffic } from "./demo-traffic/plant-traffic";
import { removeTraffic } from "./demo-traffic/remove";
import { summaryLines } from "./demo-traffic/traffic-summary";
import { openDatabaseForCli } from "./open-for-cli";
import { createProgressLine } from "./progress-line";
import { runCommand } from "./run-command";

const USAGE =
  "Usage: npm run demo:traffic -- [--days 90] [--seed 7] [--visitors 200] [--panels 300] [--remove] [--shop <key> --not-the-demo-shop]";

const MAX_DAYS = 366;
const MAX_VISITORS = 20_000;
const MAX_PANELS = 20_000;
const MAX_SEED = 2_147_483_647;

async function main(): Promise<void> {
  const { days, seed, visitors, panels, remove, shopKey, anyShop } = readArguments();
  const database = await openDatabaseForCli();
  const show = createProgressLine();
  try {
    const shop = await findTrafficShop(shopKey, anyShop);
    if (remove) {
      const gone = await removeTraffic(shop.id);
      await rollUpShop(shop.id, new Date());
      process.stdout.write(`Took away ${gone} generated visitors of ${shop.name} and all they did.\n`);
      return;
    }
    const started = performance.now();
    const counts = await plantTraffic({
      shopId: shop.id,
      days,
      seed,
      visitorsADay: visitors,
      panels,
      now: Date.now(),
      // As long again as it wrote: the server that runs meanwhile has the database half of the time.
      rest: (workedMs) => sleep(workedMs),
      onDay: (done, total) => show(`${done} of ${total} days`, done, total),
    });
    process.stderr.write("Adding up what the reports read ...\n");
    await rollUpShop(shop.id, new Date());
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    process.stdout.write(`${summaryLines(counts).join("\n")}\n`);
    process.stdout.write(
      `Seed ${seed}, ${days} days, written into ${shop.name} in ${seconds} s. Take it away again with --remove.\n`,
    );
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        days: { type: "string", default: "90" },
        seed: { type: "string", default: "7" },
        visitors: { type: "string", default: "200" },
        panels: { type: "string", default: "300" },
        remove: { type: "boolean", default: false },
        shop: { type: "string" },
        "not-the-demo-shop": { type: "boolean", default: false },
      },
    });
    return {
      days: whole(values.days, 1, MAX_DAYS),
      seed: whole(values.seed, 0, MAX_SEED),
      visitors: whole(values.visitors, 1, MAX_VISITORS),
      panels: whole(values.panels, 0, MAX_PANELS),
      remove: values.remove,
      shopKey: values.shop,
      anyShop: values["not-the-demo-shop"],
    };
  } catch (error) {
    throw error instanceof StartProblem ? error : new StartProblem(USAGE, { cause: error });
  }
}

function whole(text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) throw new StartProblem(USAGE);
  return value;
}

runCommand(main);
