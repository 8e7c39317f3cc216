/**
 * npm run db:migration: writes the one initial migration anew from prisma/schema.prisma. For the time before the first
 * release only; after it a change is a migration of its own (docs/recipes).
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "./open-embedded";
import { findProjectRoot } from "./project-root";
import { withSchemaEngine } from "./schema-engine";

/** What Prisma's schema language cannot say. */
const extensions = `-- Search: similar words, and words without their accents.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
`;
const searchIndex = `
-- Product search looks for parts of words: an index that the schema file cannot describe.
CREATE INDEX "Product_searchText_trgm" ON "Product" USING gin ("searchText" gin_trgm_ops);
`;

const root = findProjectRoot();
const content = await readFile(join(root, "prisma/schema.prisma"), "utf8");
const folder = await mkdtemp(join(tmpdir(), "vetrina-migration-"));
const database = await openEmbedded(join(folder, "postgres"), (reason) =>
  process.stderr.write(`${reason}\n`),
);
try {
  const sql = await withSchemaEngine(database.url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    } as Parameters<typeof engine.diff>[0]);
    if (stdout === null) throw new Error("the schema engine answered without SQL");
    return stdout;
  });
  const target = join(root, "prisma/migrations/0001_initial");
  await mkdir(target, { recursive: true });
  await writeFile(
    join(target, "migration.sql"),
    `${extensions}\n${withoutSchema(sql).trimEnd()}\n${searchIndex}`,
  );
  await writeFile(
    join(root, "prisma/migrations/migration_lock.toml"),
    '# Read by Prisma; keep it in version control.\nprovider = "postgresql"\n',
  );
  process.stdout.write("prisma/migrations/0001_initial/migration.sql written\n");
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

/** The schema "public" is everywhere already, and naming it asks for a right that a plain database owner may lack. */
function withoutSchema(sql: string): string {
  return sql.replace(/-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n/, "");
}
