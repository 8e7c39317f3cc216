/** What runs in a page, with the policy, as one script for it. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** @param entry the script's TypeScript; the linter's own without */
export async function bundlePageScript(entry = new URL("page-script.ts", import.meta.url)): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
