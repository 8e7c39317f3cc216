/** Builds the capture alone as an ES module, for its size. Run: node lib/mirror/capture/build.mjs [outfile] */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = new URL("../../../", import.meta.url);

/** @returns {Promise<{ code: Uint8Array, gzipBytes: number }>} */
export async function buildCapture() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("open-capture.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    legalComments: "none",
    charset: "utf8",
    write: false,
    tsconfig: fileURLToPath(new URL("tsconfig.json", root)),
  });
  const code = result.outputFiles[0].contents;
  return { code, gzipBytes: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, gzipBytes } = await buildCapture();
  const outfile = process.argv[2];
  if (outfile) writeFileSync(outfile, code);
  process.stdout.write(`capture ${code.length} bytes, ${gzipBytes} gzipped\n`);
}
