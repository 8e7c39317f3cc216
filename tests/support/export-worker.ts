import { closeExportPool, openExportPool } from "@/lib/export/export-pool";
import { buildTestThread } from "./test-thread";

/** The threads that paint exports, for one test file. */
export async function openTestExports(): Promise<{ close(): Promise<void> }> {
  const thread = await buildTestThread("export");
  openExportPool(thread.file);
  return {
    async close() {
      await closeExportPool();
      await thread.remove();
    },
  };
}
