/**
 * npm run db:migration -- <name>: writes the migration from the committed prisma/schema.prisma to the one in the working
 * copy, as a draft to read, to complete with what Prisma's schema language cannot say, and to keep existing rows.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "./open-embedded";
import { findProjectRoot } from "./project-root";
import { withSchemaEngine } from "./schema-engine";

const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("usage: npm run db:migration -- name_in_small_letters");

const root = findProjectRoot();
const SCHEMA = "prisma/schema.prisma";
const schemaOf = (content: string) => ({
  tag: "schemaDatamodel" as const,
  files: [{ path: "schema.prisma", content }],
});
const committed = execFileSync("git", ["show", `HEAD:${SCHEMA}`], { cwd: root, encoding: "utf8" });
const present = await readFile(join(root, SCHEMA), "utf8");
const folder = await mkdtemp(join(tmpdir(), "vetrina-migration-"));
const database = await openEmbedded(join(folder, "postgres"), (reason) =>
  process.stderr.write(`${reason}\n`),
);
try {
  const sql = await withSchemaEngine(database.url, async (engine) => {
    const { stdout } = await engine.diff({
      from: schemaOf(committed),
      to: schemaOf(present),
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    } as Parameters<typeof engine.diff>[0]);
    if (stdout === null) throw new Error("the schema engine answered without SQL");
    return stdout;
  });
  const migrations = join(root, "prisma/migrations");
  const written = (await readdir(migrations)).filter((folder) => /^\d{4}_/.test(folder)).length;
  const target = `${String(written + 1).padStart(4, "0")}_${name}`;
  await mkdir(join(migrations, target));
  await writeFile(join(migrations, target, "migration.sql"), sql);
  process.stdout.write(`prisma/migrations/${target}/migration.sql written\n`);
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}
