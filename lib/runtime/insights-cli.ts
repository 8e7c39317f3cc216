/** `npm run insights -- rebuild`: has everything that reports read added up anew from what was recorded. */
import { parseArgs } from "node:util";
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { monthOf } from "@/lib/insights/events-by-month";
import { rebuildHeat } from "@/lib/insights/heat/gather-heat";
import { forgetRollups, rollUpShop } from "@/lib/insights/rollups/roll-up";
import { readEnv } from "./env";
import { openDatabaseForCli } from "./open-for-cli";
import { createProgressLine } from "./progress-line";
import { runCommand } from "./run-command";

const USAGE = "Usage: npm run insights -- rebuild";

async function main(): Promise<void> {
  readArguments();
  const database = await openDatabaseForCli();
  const show = createProgressLine();
  const months = readEnv(process.env).eventMonths;
  try {
    const shops = await getDb().shop.findMany({ select: { id: true } });
    for (const [done, { id }] of shops.entries()) {
      show(`${done} of ${shops.length} shops`, done, shops.length);
      const now = new Date();
      await forgetRollups(id);
      await rollUpShop(id, now, months === null ? undefined : monthOf(now, -months));
    }
    await rebuildHeat();
    process.stdout.write(
      `The reports of ${shops.length} shops were added up anew. Heat maps follow while the server runs.\n`,
    );
  } finally {
    await database.close();
  }
}

function readArguments(): void {
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length === 1 && positionals[0] === "rebuild") return;
  } catch (cause) {
    throw new StartProblem(USAGE, { cause });
  }
  throw new StartProblem(USAGE);
}

runCommand(main);
