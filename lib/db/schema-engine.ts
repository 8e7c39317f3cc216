/** Prisma's own schema engine in WebAssembly: the same migrations table and checksums as `prisma migrate`, no binary. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { findProjectRoot } from "./project-root";

type Background = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");
export type SchemaEngine = import("@prisma/schema-engine-wasm/schema_engine_bg").SchemaEngine;

let loaded: Promise<Background> | undefined;

/** The package's entry imports the .wasm file itself, which Node does only behind a flag; so we put the parts together. */
async function load(): Promise<Background> {
  const require = createRequire(join(findProjectRoot(), "package.json"));
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const background = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as Background & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  const bytes = await readFile(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": background as unknown as WebAssembly.ModuleImports,
  });
  background.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return background;
}

/** Runs `use` with an engine connected to the database at `url`. */
export async function withSchemaEngine<T>(
  url: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  const { SchemaEngine } = await loaded;
  const opened: Awaited<ReturnType<PrismaPg["connect"]>>[] = [];
  const inner = new PrismaPg({ connectionString: url, max: 1 });
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: async () => remember(await inner.connect()),
    connectToShadowDb: async () => remember(await inner.connectToShadowDb()),
  });
  const remember = <A extends (typeof opened)[number]>(adapter: A): A => {
    opened.push(adapter);
    return adapter;
  };
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
  try {
    return await use(engine);
  } finally {
    engine.free();
    // The engine leaves its connections, and the advisory lock that one of them holds, to us.
    for (const adapter of opened) await adapter.dispose();
  }
}
