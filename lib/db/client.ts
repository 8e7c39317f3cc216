/**
 * The database as the rest of the code sees it: one Prisma client a process, always over the pg driver, whether the
 * server behind it is the embedded one or DATABASE_URL's. The only module that others import for data and row types.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import { processSlot } from "@/lib/protocol/process-slot";
import { PrismaClient } from "./generated/client";

export * from "./generated/client";

/** Connections a process keeps open. The embedded database runs one statement at a time anyway. */
const MAX_CONNECTIONS = 10;

const slot = processSlot<PrismaClient>("db");

/** @throws Error before the composition root has opened the database. */
export function getDb(): PrismaClient {
  return slot.get();
}

export function provideDb(db: PrismaClient): void {
  slot.provide(db);
}

export interface DatabaseClient {
  readonly db: PrismaClient;
  close(): Promise<void>;
}

/** Connects on first use. */
export function connect(url: string): DatabaseClient {
  const adapter = new PrismaPg({ connectionString: url, max: MAX_CONNECTIONS });
  const db = new PrismaClient({ adapter });
  return { db, close: () => db.$disconnect() };
}
