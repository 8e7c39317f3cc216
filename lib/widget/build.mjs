/** Builds the loader into public/vetrina.js, holds it to its size budget, and beside it what it loads for invitations. Run: node lib/widget/build.mjs */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundle } from "../mirror/bundle.mjs";

/** Bytes after gzip; the promise made to shops. */
export const LOADER_BUDGET_BYTES = 10_240;

const root = new URL("../../", import.meta.url);

/**
 * @param {string} [outfile] where to write; default public/vetrina.js
 * @returns {Promise<{ outfile: string, bytes: number, gzipBytes: number }>}
 */
export async function buildLoader(outfile = fileURLToPath(new URL("public/vetrina.js", root))) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("loader.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    minify: true,
    target: "es2019",
    // Asked for only by browsers in which the mirror can run, and they all know it.
    supported: { "dynamic-import": true },
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

/**
 * @param {string} [outfile] where to write; default public/vetrina-invite.js
 * @returns {Promise<{ outfile: string, bytes: number, gzipBytes: number }>}
 */
export async function buildInvite(outfile = fileURLToPath(new URL("public/vetrina-invite.js", root))) {
  const { code, bytes, gzipBytes } = await bundle(new URL("invite/invite.ts", import.meta.url), "es2020");
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, code);
  return { outfile, bytes, gzipBytes };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, gzipBytes } = await buildLoader();
  process.stdout.write(`loader ${bytes} bytes, ${gzipBytes} gzipped (budget ${LOADER_BUDGET_BYTES})\n`);
  if (gzipBytes > LOADER_BUDGET_BYTES) process.exit(1);
  const invite = await buildInvite();
  process.stdout.write(`invitation ${invite.bytes} bytes, ${invite.gzipBytes} gzipped\n`);
}
