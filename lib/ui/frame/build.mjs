/**
 * Builds the frame's script and styles into public/frame-assets, named by their content, and lists them in
 * public/frame-assets/manifest.json. A bundle of its own: a shopper's phone need not load a framework's router to chat
 * (docs/decisions/0014), and held to its size budget. Run: node lib/ui/frame/build.mjs
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, context } from "esbuild";

/** Bytes after gzip of all scripts until one can chat, and of those that the first picture adds. */
export const BUDGET_BYTES = { frame: 142_000, panel: 130_000 };

const root = fileURLToPath(new URL("../../../", import.meta.url));
const OUT_DIR = "public/frame-assets";
/**
 * The companion's page has a bundle of its own: nobody loads both, and parts that both shared would cost the frame bytes.
 */
const ENTRIES = { frame: "lib/ui/frame/boot.tsx", companion: "lib/ui/companion/boot.tsx" };
/** Milliseconds that a former build's files stay: a frame that was open during an update may still load its panel. */
const KEEP_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * @param {string} entry
 * @param {boolean} dev
 */
function options(entry, dev) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
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

/** @returns {Promise<{ frame: number, panel: number }>} bytes after gzip */
export async function buildFrame() {
  const frame = await build(options(ENTRIES.frame, false));
  put({ frame, companion: await build(options(ENTRIES.companion, false)) });
  return measure(frame);
}

/** For development: builds now and after each change of a source. */
export async function watchFrame() {
  const results = {};
  for (const [page, entry] of Object.entries(ENTRIES)) {
    const onEnd = (result) => {
      if (result.errors.length > 0) return;
      results[page] = result;
      if (Object.keys(results).length === Object.keys(ENTRIES).length) put(results);
    };
    const plugin = { name: "put", setup: (builder) => builder.onEnd(onEnd) };
    const watched = await context({ ...options(entry, true), plugins: [plugin] });
    await watched.watch();
  }
}

/** Only when all is built: a failed build leaves the last good one. */
function put(results) {
  const pages = Object.entries(results);
  const manifest = Object.fromEntries(
    pages.map(([page, { metafile }]) => [page, list(metafile.outputs, ENTRIES[page])]),
  );
  const outputFiles = pages.flatMap(([, result]) => result.outputFiles);
  const folder = join(root, OUT_DIR);
  mkdirSync(folder, { recursive: true });
  const fresh = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!fresh.has(name) && Date.now() - statSync(file).mtimeMs > KEEP_MS) rmSync(file);
  }
}

function measure({ metafile: { outputs }, outputFiles }) {
  const sizes = new Map(outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents).length]));
  const from = (source) => Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
  const withImports = (path, seen = new Set()) => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const part of outputs[path].imports)
      if (part.kind === "import-statement") withImports(part.path, seen);
    return seen;
  };
  const sum = (paths) => [...paths].reduce((total, path) => total + (sizes.get(basename(path)) ?? 0), 0);
  // The room is loaded with the first message: nobody chats without it.
  const frame = withImports(from("lib/ui/frame/room-keeper.tsx"), withImports(from(ENTRIES.frame)));
  const panel = [...withImports(from("lib/ui/panel/panel-view.tsx"))].filter((path) => !frame.has(path));
  return { frame: sum(frame), panel: sum(panel) };
}

/**
 * @param {import("esbuild").Metafile["outputs"]} outputs
 * @param {string} source
 */
function list(outputs, source) {
  const address = (path) => `/frame-assets/${basename(path)}`;
  const [path, entry] = Object.entries(outputs).find(([, output]) => output.entryPoint === source) ?? [];
  if (!path || !entry) throw new Error(`${source} was not built`);
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
  const bytes = await buildFrame();
  for (const part of ["frame", "panel"]) {
    const line = `${part} ${bytes[part]} bytes gzipped (budget ${BUDGET_BYTES[part]})\n`;
    (bytes[part] > BUDGET_BYTES[part] ? process.stderr : process.stdout).write(line);
    if (bytes[part] > BUDGET_BYTES[part]) process.exitCode = 1;
  }
}
