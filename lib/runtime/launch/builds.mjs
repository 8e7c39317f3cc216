/** What is built from the sources, each by its own tool. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "./run.mjs";

const packages = ["package.json", "package-lock.json", "tsconfig.json"];

export function generateClient(root, stamps) {
  const present = existsSync(join(root, "lib/db/generated/client.ts"));
  return stamps.unlessUnchanged("client", ["prisma/schema.prisma", "package-lock.json"], present, () =>
    run(root, process.execPath, [join(root, "node_modules/prisma/build/index.js"), "generate"], {
      what: "prisma generate",
      // Generating never starts the engine, but its absence would make Prisma download one.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    }),
  );
}

export function buildLoader(root, stamps) {
  const files = [
    "vetrina.js",
    "vetrina-invite.js",
    "vetrina-mirror.js",
    "vetrina-mirror-draw.js",
    "vetrina-shop.tgz",
  ];
  const present = files.every((file) => existsSync(join(root, "public", file)));
  return stamps.unlessUnchanged(
    "loader",
    ["lib/widget", "lib/mirror", "lib/visitors", "lib/protocol", ...packages],
    present,
    async () => {
      for (const script of ["widget/build.mjs", "widget/build-package.mjs", "mirror/page/build.mjs"]) {
        await run(root, process.execPath, [join(root, "lib", script)], { what: "building the loader" });
      }
    },
  );
}

export function buildFrame(root, stamps) {
  const script = join(root, "lib/ui/frame/build.mjs");
  const present = existsSync(join(root, "public/frame-assets/manifest.json"));
  const inputs = ["lib/ui", "lib/panel", "lib/sync/client", "lib/mirror", "lib/protocol", ...packages];
  return stamps.unlessUnchanged("frame", inputs, present, () =>
    run(root, process.execPath, [script], { what: "building the frame" }),
  );
}

/** Development: builds the frame now and after each change. */
export async function watchFrame(root, stamps) {
  // The next start without --dev finds another kind of build here, and must make its own.
  stamps.forget("frame");
  const { watchFrame: watch } = await import(pathToFileURL(join(root, "lib/ui/frame/build.mjs")).href);
  await watch();
  return "watched";
}

/** What runs on threads. Development runs the server from its source, but needs these. */
export async function buildThreads(root) {
  const file = join(root, "lib/runtime/launch/threads.mjs");
  const { buildThread } = await import(pathToFileURL(file).href);
  await Promise.all([buildThread("export"), buildThread("merge")]);
  return "built";
}

export function buildServer(root, stamps) {
  const present = [".build/server.mjs", ".build/export-worker.mjs", ".build/merge-worker.mjs"].every((file) =>
    existsSync(join(root, file)),
  );
  return stamps.unlessUnchanged("server", ["lib", "prisma", ...packages], present, async () => {
    await buildThreads(root);
    const { build } = await import(pathToFileURL(join(root, "node_modules/esbuild/lib/main.js")).href);
    await build({
      absWorkingDir: root,
      entryPoints: ["lib/runtime/serve.ts"],
      outfile: ".build/server.mjs",
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: true,
      logLevel: "silent",
    });
  });
}

export function buildPages(root, stamps, distDir) {
  const present = existsSync(join(root, distDir, "BUILD_ID"));
  const inputs = ["app", "lib", "public", "next.config.js", "prisma/schema.prisma", ...packages];
  return stamps.unlessUnchanged(`pages in ${distDir}`, inputs, present, () =>
    run(root, process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
      what: "next build",
    }),
  );
}
