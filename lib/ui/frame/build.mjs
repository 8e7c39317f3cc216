/**
 * Builds the frame's script and styles into public/frame-assets, named by their content, and lists them in
 * public/frame-assets/manifest.json. A bundle of its own: a shopper's phone need not load a framework's router to chat
 * (docs/decisions/0014). Run: node lib/ui/frame/build.mjs
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const OUT_DIR = "public/frame-assets";
const ENTRY = "lib/ui/frame/boot.tsx";
/** Milliseconds that a former build's files stay: a frame that was open during an update may still load its panel. */
const KEEP_MS = 7 * 24 * 60 * 60 * 1_000;

/** @param {boolean} dev */
function options(dev) {
  return {
    absWorkingDir: root,
    entryPoints: [ENTRY],
    outdir: OUT_DIR,
    publicPath: "/frame-assets/",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    charset: "utf8",
    legalComments: "none",
    minify: !dev,
    define: { "process.env.NODE_ENV": dev ? '"development"' : '"production"' },
    loader: { ".woff2": "file" },
    metafile: true,
    write: false,
    logLevel: "error",
  };
}

/** @returns {Promise<{ script: string, modules: string[], styles: string[] }>} addresses below the site */
export async function buildFrame() {
  return put(await build(options(false)));
}

/** For development: builds now and after each change of a source. */
export async function watchFrame() {
  const onEnd = (result) => void (result.errors.length === 0 && put(result));
  const plugin = { name: "put", setup: (builder) => builder.onEnd(onEnd) };
  const watched = await context({ ...options(true), plugins: [plugin] });
  await watched.watch();
}

/** Only when all is built: a failed build leaves the last good one. */
function put({ metafile, outputFiles }) {
  const manifest = list(metafile.outputs);
  const folder = join(root, OUT_DIR);
  mkdirSync(folder, { recursive: true });
  const fresh = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!fresh.has(name) && Date.now() - statSync(file).mtimeMs > KEEP_MS) rmSync(file);
  }
  return manifest;
}

/** @param {import("esbuild").Metafile["outputs"]} outputs */
function list(outputs) {
  const address = (path) => `/frame-assets/${basename(path)}`;
  const [path, entry] = Object.entries(outputs).find(([, output]) => output.entryPoint === ENTRY) ?? [];
  if (!path || !entry) throw new Error(`${ENTRY} was not built`);
  return {
    script: address(path),
    // What the script needs before it can run: fetched beside it, not after it.
    modules: entry.imports
      .filter(({ kind }) => kind === "import-statement")
      .map((part) => address(part.path)),
    // Also those of parts loaded later: they are small, and a part's first sight must not be unstyled.
    styles: Object.keys(outputs)
      .filter((name) => name.endsWith(".css"))
      .sort((a, b) => Number(b === entry.cssBundle) - Number(a === entry.cssBundle))
      .map(address),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await buildFrame(), null, 2)}\n`);
}
