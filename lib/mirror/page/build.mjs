/** Builds what the mirror loads into a shop's page, into public/vetrina-mirror.js. Run: node lib/mirror/page/build.mjs */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = new URL("../../../", import.meta.url);

/**
 * @param {string} [outfile] where to write; default public/vetrina-mirror.js
 * @returns {Promise<{ outfile: string, bytes: number, gzipBytes: number }>}
 */
export async function buildMirrorPage(outfile = fileURLToPath(new URL("public/vetrina-mirror.js", root))) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("open-mirror-page.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2020",
    legalComments: "none",
    charset: "utf8",
    write: false,
    tsconfig: fileURLToPath(new URL("tsconfig.json", root)),
  });
  const code = result.outputFiles[0].contents;
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, code);
  return { outfile, bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, gzipBytes } = await buildMirrorPage();
  process.stdout.write(`mirror page ${bytes} bytes, ${gzipBytes} gzipped\n`);
}
