/** The lasting parts of a server (lock, database, store) as a process, for tests that kill it. Writes one line a step. */
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { readEnv } from "@/lib/runtime/env";
import { openInstallation } from "@/lib/runtime/open-installation";

/** Rows written a second at most; enough to be in the middle of one at any moment. */
const PAUSE_MS = 2;

async function main(): Promise<void> {
  const installation = await openInstallation({
    env: readEnv(process.env),
    publicUrl: "http://127.0.0.1:3000",
    onLost: (reason) => {
      process.stdout.write(`lost ${reason}\n`);
      process.exit(3);
    },
  });
  let writing = process.argv.includes("write");
  process.on("SIGTERM", () => {
    writing = false;
    void installation.close().then(() => process.exit(0));
  });
  process.stdout.write(`ready with ${await getDb().shop.count()} rows\n`);
  for (let n = 0; writing; n += 1) {
    const key = `row_${process.pid}_${n}`;
    const stored = await getDb()
      .shop.create({ data: { key, name: "row" } })
      .then(() => true)
      // The database was taken away: its end is told by onLost.
      .catch(() => false);
    if (!stored) return;
    // Said only after the database has said yes: this row must never be lost.
    process.stdout.write(`acknowledged ${key}\n`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof StartProblem ? `${error.message}\n` : `${error}\n`);
  process.exit(1);
});
