/** Vitest global setup: a folder for the run's shared PostgreSQL, which starts only if a test asks for it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killPostgres, RUN_FOLDER_VARIABLE } from "./postgres";

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "vetrina-run-"));
  process.env[RUN_FOLDER_VARIABLE] = folder;
  return () => {
    killPostgres(join(folder, "postgres"));
    rmSync(folder, { recursive: true, force: true });
  };
}
