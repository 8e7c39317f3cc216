/** One installation for all end-to-end files: started by the real `npm start` path, with the real catalogue imported. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { readInstallation, startInstallation } from "../support/installation";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sharedData = fileURLToPath(new URL("../../../shared/data", import.meta.url));

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // While working on a test: the DATA_DIR of an installation that already runs.
  const running = process.env.E2E_DATA_DIR;
  const installation = running
    ? await readInstallation(running)
    : await startInstallation({ OUTSIDE_ALLOW: "127.0.0.1" });
  const realData = existsSync(sharedData) ? sharedData : "";
  if (realData) {
    // While the server runs: the import joins its database.
    const run = spawnSync(
      "npm",
      [
        "run",
        "--silent",
        "import",
        "--",
        `${realData}/catalogue/google-merchant.xml`,
        "--image-base",
        `${realData}/catalogue/images`,
      ],
      { cwd: root, encoding: "utf8", env: { ...process.env, DATA_DIR: installation.dataDir } },
    );
    if (run.status !== 0) throw new Error(`the import failed:\n${run.stdout}\n${run.stderr}`);
  } else {
    console.warn("../shared/data is missing: tests that need the real catalogue and photos are skipped");
  }
  project.provide("demo", { ...installation.demo, realData });
  return () => installation.stop();
}
