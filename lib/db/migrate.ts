/** Brings a database up to date with prisma/migrations, in order, each once. Safe to run by several servers at a time. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { findProjectRoot } from "./project-root";
import { withSchemaEngine } from "./schema-engine";
import { StartProblem } from "./start-problem";

/**
 * Key of the advisory lock that orders servers starting at once; any number, so long as all use the same. The engine
 * has a lock of its own, but gives up waiting for it after ten seconds.
 */
const MIGRATION_LOCK = 8_347_221;

/** @returns names of the migrations that were applied now */
export async function migrate(
  url: string,
  folder = join(findProjectRoot(), "prisma", "migrations"),
): Promise<string[]> {
  const list = await readMigrations(folder);
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await withSchemaEngine(url, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: list,
        filters: { externalTables: [], externalEnums: [] },
      });
      return appliedMigrationNames;
    });
  } catch (error) {
    throw new StartProblem(
      `The database could not be brought up to date: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  } finally {
    await lock.end();
  }
}

async function readMigrations(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  );
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}
