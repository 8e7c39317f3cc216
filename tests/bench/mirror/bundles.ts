/** Builds what is measured, ours and theirs by the same options, and the scripts of the benchmark's own pages. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
} as const;

/** Bytes, gzipped, of a module that exports so much of another. */
export async function gzippedBytes(name: string, from: string): Promise<number> {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: `export { ${name} } from "${from}"`, resolveDir: root },
    format: "esm",
    legalComments: "none",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

/** A page's script, `<name>.page.ts`. */
export async function pageScript(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`${name}.page.ts`, import.meta.url));
  const { outputFiles } = await build({ ...options, entryPoints: [entry], format: "iife", write: false });
  return outputFiles[0]?.text ?? "";
}
