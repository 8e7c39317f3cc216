/**
 * Builds what runs on threads of the server and shares its TypeScript: a thread starts faster from one file. What is
 * plain JavaScript already (lib/media) runs as it lies there.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));

const sources = {
  export: "lib/export/worker/export-worker.ts",
  merge: "lib/sync/server/merge-worker.ts",
};

/**
 * @param {"export" | "merge"} name
 * @param {string} [outfile] below the project's root, where packages are found
 */
export async function buildThread(name, outfile = join(root, ".build", `${name}-worker.mjs`)) {
  await build({
    entryPoints: [join(root, sources[name])],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "silent",
    tsconfig: join(root, "tsconfig.json"),
  });
}
