/** One of the mirror's parts as browsers load it: an ES module on its own, and what it weighs. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const tsconfig = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));

/**
 * @param {URL} entry
 * @param {string} target the oldest ECMAScript that has to read it
 * @returns {Promise<{ code: Uint8Array, bytes: number, gzipBytes: number }>}
 */
export async function bundle(entry, target = "es2022") {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: "esm",
    minify: true,
    target,
    legalComments: "none",
    charset: "utf8",
    write: false,
    tsconfig,
  });
  const code = result.outputFiles[0].contents;
  return { code, bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length };
}
