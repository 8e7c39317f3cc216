/** The thread that paints exports, built from the sources as they are, for one test file. */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildExportWorker } from "@/lib/export/build.mjs";
import { closeExportPool, openExportPool } from "@/lib/export/export-pool";

export async function openTestExports(): Promise<{ close(): Promise<void> }> {
  // Below the project, where it finds its packages.
  const file = fileURLToPath(new URL(`../../.build/export-worker-test-${process.pid}.mjs`, import.meta.url));
  await buildExportWorker(file);
  openExportPool(file);
  return {
    async close() {
      await closeExportPool();
      await Promise.all([rm(file, { force: true }), rm(`${file}.map`, { force: true })]);
    },
  };
}
