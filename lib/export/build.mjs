/**
 * Builds the thread that paints exports into .build/export-worker.mjs: it shares the panel's TypeScript with the browser,
 * and a thread starts faster from one file. Run: node lib/export/build.mjs
 */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../../", import.meta.url);

/** @param {string} [outfile] below the project's root, where packages are found; default .build/export-worker.mjs */
export async function buildExportWorker(outfile = fileURLToPath(new URL(".build/export-worker.mjs", root))) {
  await build({
    entryPoints: [fileURLToPath(new URL("worker/export-worker.ts", import.meta.url))],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "silent",
    tsconfig: fileURLToPath(new URL("tsconfig.json", root)),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExportWorker();
