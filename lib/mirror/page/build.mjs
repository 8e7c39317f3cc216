/** Builds what the mirror loads into a shop's page, into public/. Run: node lib/mirror/page/build.mjs */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle.mjs";

/** Bytes after gzip: what it is today, and no more. The first is loaded when she agrees, the second when somebody draws. */
export const MIRROR_PAGE_BUDGET_BYTES = 35_000;
export const MIRROR_DRAW_BUDGET_BYTES = 5_000;

const scripts = {
  "vetrina-mirror.js": new URL("open-mirror-page.ts", import.meta.url),
  "vetrina-mirror-draw.js": new URL("open-drawing.ts", import.meta.url),
};

/**
 * @param {string} [folder] where to write; default public/
 * @returns {Promise<{ page: number, draw: number }>} bytes after gzip
 */
export async function buildMirrorPage(folder = fileURLToPath(new URL("../../../public", import.meta.url))) {
  mkdirSync(folder, { recursive: true });
  const [page, draw] = await Promise.all(
    Object.entries(scripts).map(async ([file, entry]) => {
      const { code, gzipBytes } = await bundle(entry, "es2020");
      writeFileSync(join(folder, file), code);
      return gzipBytes;
    }),
  );
  return { page, draw };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page, draw } = await buildMirrorPage();
  process.stdout.write(`mirror page ${page} bytes gzipped, drawing ${draw}\n`);
  if (page > MIRROR_PAGE_BUDGET_BYTES || draw > MIRROR_DRAW_BUDGET_BYTES) process.exit(1);
}
