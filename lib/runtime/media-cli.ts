/** `npm run media -- gc [--dry-run]`: removes files that no picture names and pictures that no product shows any more, and tells which pictures lack files. */
import { parseArgs } from "node:util";
import { StartProblem } from "@/lib/db/start-problem";
import { findGarbage, removeGarbage } from "@/lib/media/collect-garbage";
import { openDatabaseForCli } from "./open-for-cli";
import { runCommand } from "./run-command";

const USAGE = "Usage: npm run media -- gc [--dry-run]";

async function main(): Promise<void> {
  const dryRun = readArguments();
  const database = await openDatabaseForCli();
  try {
    const garbage = await findGarbage(new Date());
    if (!dryRun) await removeGarbage(garbage);
    const { stored, orphans, unshown, missing } = garbage;
    const what = dryRun ? "would be removed" : "were removed";
    process.stdout.write(
      `${stored} pictures are stored. ${orphans.length + unshown.length} that nobody refers to ${what}.\n` +
        `${missing.length} pictures lack files${missing.length > 0 ? ":" : "."}\n` +
        missing.map((assetId) => `  ${assetId}\n`).join(""),
    );
  } finally {
    await database.close();
  }
}

/** @returns whether nothing shall be removed */
function readArguments(): boolean {
  try {
    const options = { "dry-run": { type: "boolean" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== "gc") throw new StartProblem(USAGE);
    return values["dry-run"] === true;
  } catch (error) {
    throw error instanceof StartProblem ? error : new StartProblem(USAGE, { cause: error });
  }
}

runCommand(main);
