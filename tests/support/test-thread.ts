/** A thread of the server, built from the sources as they are, for one test file. */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildThread } from "@/lib/runtime/launch/threads.mjs";

export interface TestThread {
  readonly file: string;
  remove(): Promise<void>;
}

export async function buildTestThread(name: "export" | "merge"): Promise<TestThread> {
  // Below the project, where it finds its packages.
  const file = fileURLToPath(new URL(`../../.build/${name}-worker-test-${process.pid}.mjs`, import.meta.url));
  await buildThread(name, file);
  return {
    file,
    async remove() {
      await Promise.all([rm(file, { force: true }), rm(`${file}.map`, { force: true })]);
    },
  };
}
