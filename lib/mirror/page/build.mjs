/** Builds what the mirror loads into a shop's page, into public/vetrina-mirror.js. Run: node lib/mirror/page/build.mjs */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle.mjs";

const PUBLIC_FILE = new URL("../../../public/vetrina-mirror.js", import.meta.url);

/**
 * @param {string} [outfile] where to write; default public/vetrina-mirror.js
 * @returns {Promise<{ outfile: string, bytes: number, gzipBytes: number }>}
 */
export async function buildMirrorPage(outfile = fileURLToPath(PUBLIC_FILE)) {
  const { code, bytes, gzipBytes } = await bundle(new URL("open-mirror-page.ts", import.meta.url), "es2020");
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, code);
  return { outfile, bytes, gzipBytes };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, gzipBytes } = await buildMirrorPage();
  process.stdout.write(`mirror page ${bytes} bytes, ${gzipBytes} gzipped\n`);
}
