/** Measures the viewer as the desk loads it, and holds it to its size budget. Run: node lib/mirror/apply/build.mjs */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes after gzip: 12 KB, and what one zlib differs from another. */
export const VIEWER_BUDGET_BYTES = 12_400;

const root = new URL("../../../", import.meta.url);

/** @returns {Promise<{ code: Uint8Array, bytes: number, gzipBytes: number }>} an ES module */
export async function buildViewer() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("open-viewer.ts", import.meta.url))],
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
  return { code, bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, gzipBytes } = await buildViewer();
  process.stdout.write(`viewer ${bytes} bytes, ${gzipBytes} gzipped (budget ${VIEWER_BUDGET_BYTES})\n`);
  if (gzipBytes > VIEWER_BUDGET_BYTES) process.exit(1);
}
