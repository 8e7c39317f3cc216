/** Builds the package for bundled shops into public/vetrina-shop.tgz, as npm packs it. Run: node lib/widget/build-package.mjs */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @param {string} [outfile] where to write; default public/vetrina-shop.tgz */
export async function buildPackage(outfile = here("../../public/vetrina-shop.tgz")) {
  const folder = mkdtempSync(join(tmpdir(), "vetrina-shop-"));
  try {
    await build({
      entryPoints: [here("package-main.ts")],
      outfile: join(folder, "index.js"),
      bundle: true,
      format: "esm",
      target: "es2020",
      legalComments: "none",
      logLevel: "silent",
      tsconfig: here("../../tsconfig.json"),
    });
    // Node's own resolution, which strict compilers follow, wants the ending.
    const types = readFileSync(here("package-api.d.ts"), "utf8").replaceAll(
      "./vetrina-call",
      "./vetrina-call.js",
    );
    writeFileSync(join(folder, "index.d.ts"), types);
    copyFileSync(here("vetrina-call.ts"), join(folder, "vetrina-call.d.ts"));
    const { version, license } = JSON.parse(readFileSync(here("../../package.json"), "utf8"));
    const about = {
      name: "vetrina-shop",
      version,
      license,
      description: "Puts Vetrina into a shop: loads its script, and types its calls.",
      type: "module",
      sideEffects: false,
      exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
      types: "./index.d.ts",
      files: ["index.js", "*.d.ts"],
    };
    writeFileSync(join(folder, "package.json"), JSON.stringify(about, null, 2));
    execFileSync("npm", ["pack", "--silent", "--ignore-scripts"], { cwd: folder, stdio: "ignore" });
    const packed = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    if (packed === undefined) throw new Error("npm packed nothing");
    mkdirSync(dirname(outfile), { recursive: true });
    copyFileSync(join(folder, packed), outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPackage();
