/** A fresh, migrated database for one test file, provided to the code under test as the server would. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { connect, type PrismaClient, provideDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openEmbedded } from "@/lib/db/open-embedded";
import { configSlot } from "@/lib/protocol/config-slot";
import { sharedPostgres } from "./postgres";

export type Engine = "postgres" | "pglite";

export interface TestDatabase {
  readonly db: PrismaClient;
  readonly url: string;
  /** Temporary; what the config slot names as the data folder. */
  readonly dataDir: string;
  close(): Promise<void>;
}

/** Also provides a config with a secret of its own. Call in `beforeAll`, close in `afterAll`. */
export async function openTestDatabase(engine: Engine = "postgres"): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), "vetrina-data-"));
  const { url, close } = await openEmpty(engine, dataDir);
  const client = connect(url);
  provideDb(client.db);
  configSlot.provide({
    publicUrl: "http://127.0.0.1:3000",
    dataDir,
    secret: randomBytes(32).toString("base64url"),
    version: "0.0.0-test",
    embedded: engine === "pglite",
  });
  return {
    db: client.db,
    url,
    dataDir,
    async close() {
      await client.close();
      await close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openEmpty(
  engine: Engine,
  dataDir: string,
): Promise<{ url: string; close: () => Promise<void> }> {
  if (engine === "postgres") return createDatabase();
  const embedded = await openEmbedded(join(dataDir, "postgres"), (reason) => {
    throw new Error(reason);
  });
  await migrate(embedded.url);
  return embedded;
}

/** Copied from a migrated template: a tenth of a second instead of a second. */
async function createDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await sharedPostgres();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await admin(server.url, async (client) => {
    // One migrates, the others wait for it.
    await client.query("SELECT pg_advisory_lock(1)");
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'template_migrated'");
    if (rowCount === 0) {
      await client.query("CREATE DATABASE template_draft");
      await migrate(databaseUrl(server.url, "template_draft"));
      await client.query("ALTER DATABASE template_draft RENAME TO template_migrated");
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE template_migrated`);
  });
  return {
    url: databaseUrl(server.url, name),
    close: () =>
      admin(server.url, async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  };
}

/** An empty, unmigrated database on the run's PostgreSQL. */
export async function createEmptyDatabase(): Promise<string> {
  const server = await sharedPostgres();
  const name = `empty_${randomBytes(6).toString("hex")}`;
  await admin(server.url, async (client) => void (await client.query(`CREATE DATABASE ${name}`)));
  return databaseUrl(server.url, name);
}

async function admin(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
