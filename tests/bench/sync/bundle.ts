/**
 * A measured server as the product's own is built (lib/runtime/launch/builds.mjs): a loader that compiles at run time
 * would be measured along, for ours only, since the others come compiled.
 */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildThread } from "@/lib/runtime/launch/threads.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** @returns the file to run */
export async function bundle(name: string): Promise<string> {
  if (name === "ours") await buildThread("merge");
  const outfile = `${root}.build/bench/${name}.mjs`;
  await build({
    absWorkingDir: root,
    entryPoints: [`tests/bench/sync/servers/${name}.ts`],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
  return outfile;
}
