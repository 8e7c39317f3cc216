/** The steps of a start, in order, and what the person at the keyboard sees of them. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  buildFrame,
  buildLoader,
  buildPages,
  buildServer,
  buildThreads,
  generateClient,
  watchFrame,
} from "./builds.mjs";
import { checkBeforehand } from "./check-beforehand.mjs";
import { installPackages } from "./packages.mjs";
import { createProgress } from "./progress.mjs";
import { openStamps } from "./stamps.mjs";
import { describe } from "./table.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** @param {{ dev: boolean }} options */
export async function launch({ dev }) {
  const variables = process.env;
  // Both are relative to where the command was typed, and we are about to move.
  const dataDir = variables.DATA_DIR || "./data";
  variables.DATA_DIR = isAbsolute(dataDir) ? dataDir : resolve(process.cwd(), dataDir);
  process.chdir(root);
  variables.NODE_ENV = dev ? "development" : "production";
  variables.NEXT_TELEMETRY_DISABLED = "1";

  const problem = await checkBeforehand(variables);
  if (problem) fail(problem);

  if (variables.NEXT_DIST_DIR) writeTypeScriptSettings();
  const progress = createProgress();
  const stamps = openStamps(root);
  try {
    await progress.step("Packages", () => installPackages(root, { dev }));
    await progress.step("Database client", () => generateClient(root, stamps));
    await progress.step("Loader", () => buildLoader(root, stamps));
    if (dev) {
      await progress.step("Frame", () => watchFrame(root, stamps));
      await progress.step("Threads", () => buildThreads(root));
    } else {
      await progress.step("Frame", () => buildFrame(root, stamps));
      await progress.step("Server", () => buildServer(root, stamps));
      await progress.step("Pages", () => buildPages(root, stamps, variables.NEXT_DIST_DIR || ".next"));
    }
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }

  const { serve } = await loadServer(dev);
  const names = { database: "Database", pages: "Page server", demo: "Demo shop" };
  const steps = progress.sequence();
  const server = await serve({
    dev,
    onStep: (step) => steps.begin(names[step] ?? step),
    onPicture: steps.count,
  });
  steps.end();
  process.stdout.write(describe(server, { seconds: progress.seconds(), dataDir: variables.DATA_DIR }));
}

/** For a build folder of its own: Next adds that folder to the settings it is given, so it gets a copy (next.config.js). */
function writeTypeScriptSettings() {
  const file = join(root, ".build/tsconfig.json");
  if (existsSync(file)) return;
  mkdirSync(join(root, ".build"), { recursive: true });
  const settings = {
    extends: "../tsconfig.json",
    include: ["../next-env.d.ts", "../app", "../lib", "../prisma"],
    exclude: ["../node_modules", "../**/*.test.ts", "../**/*.test.tsx"],
  };
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/** Development runs from the source, everything else from the bundle. */
async function loadServer(dev) {
  if (!dev) return import(pathToFileURL(join(root, ".build/server.mjs")).href);
  const { register } = await import("tsx/esm/api");
  register();
  const source = join(root, "lib/runtime/serve.ts");
  if (!existsSync(source)) fail(`${source} is missing: this clone is not whole.`);
  return import(pathToFileURL(source).href);
}

function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}
