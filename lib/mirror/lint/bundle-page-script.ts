/** The policy and the walk as one script for the page. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export async function bundlePageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("page-script.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
