/**
 * The database as the rest of the code sees it: one Prisma client a process, always over the pg driver, whether the
 * server behind it is the embedded one or DATABASE_URL's. The only module that others import for data and row types.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { processSlot } from "@/lib/protocol/process-slot";
import { Prisma, PrismaClient } from "./generated/client";

export * from "./generated/client";

/** Connections a process keeps open. The embedded database runs one statement at a time anyway. */
const MAX_CONNECTIONS = 10;

/** Milliseconds until a transaction begins. The embedded database runs one at a time, and an import keeps it busy for seconds. */
const BEGINS_WITHIN_MS = 20_000;

/** PostgreSQL's code for a foreign key that points nowhere. */
const FOREIGN_KEY_VIOLATION = "23503";

/** PostgreSQL's code for a statement that was ended before it was done. */
const QUERY_CANCELED = "57014";

/** Prisma's code for a transaction that did not begin, or end, in time. */
const TRANSACTION_TOOK_TOO_LONG = "P2028";

const slot = processSlot<PrismaClient>("db");
const pools = processSlot<WeakMap<PrismaClient, pg.Pool>>("db pools");

/** @throws Error before the composition root has opened the database. */
export function getDb(): PrismaClient {
  return slot.get();
}

export function provideDb(db: PrismaClient): void {
  slot.provide(db);
}

/**
 * Runs a statement of fixed text over the same connections, past the ORM: several times a second, compiling it and
 * copying its parameters would cost the server more than what it stores.
 *
 * @returns how many rows it wrote @throws the driver's error
 */
export async function runStatement(text: string, values: readonly unknown[]): Promise<number> {
  return (await pool().query(text, [...values])).rowCount ?? 0;
}

/**
 * The same while no other statement runs under this key, of whatever process: it sees what the one before it wrote.
 *
 * @param key a signed number of 64 bits; the same for what must not run at the same time
 */
export async function runStatementAlone(
  key: bigint,
  text: string,
  values: readonly unknown[],
): Promise<number> {
  // In one message: what a statement sees is settled when it begins, so it must not begin before the lock is ours.
  const begin = `BEGIN; SELECT pg_advisory_xact_lock(${key})`;
  return runTogether(async (ask) => (await ask(text, values)).rowCount, { begin });
}

/** Runs one statement of a transaction. The rows are as the database has them: the caller parses them. */
export type Ask = (
  text: string,
  values: readonly unknown[],
) => Promise<{ readonly rows: unknown[]; readonly rowCount: number }>;

/**
 * The same for several statements: all of them, or none.
 *
 * @param begin fixed text @throws the driver's error, what `work` throws
 */
export async function runTogether<T>(
  work: (ask: Ask) => Promise<T>,
  { begin = "BEGIN" }: { readonly begin?: string } = {},
): Promise<T> {
  const connection = await pool().connect();
  try {
    await connection.query(begin);
    const answer = await work(async (text, values) => {
      const { rows, rowCount } = await connection.query(text, [...values]);
      return { rows, rowCount: rowCount ?? 0 };
    });
    await connection.query("COMMIT");
    connection.release();
    return answer;
  } catch (error) {
    // One that cannot take it back is broken, and closed: its statements are taken back with it.
    await connection.query("ROLLBACK").then(
      () => connection.release(),
      () => connection.release(true),
    );
    throw error;
  }
}

/** The same for a question. The rows are as the database has them: the caller parses them. */
export async function readStatement(text: string, values: readonly unknown[]): Promise<unknown[]> {
  return (await pool().query(text, [...values])).rows;
}

function pool(): pg.Pool {
  const found = pools.get().get(getDb());
  if (!found) throw new Error("the database was not opened by connect()");
  return found;
}

/** Whether a statement of {@link runStatement} failed because a row it refers to is not there. */
export const isNoSuchParent = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === FOREIGN_KEY_VIOLATION;

/**
 * Whether a question of a transaction with a statement_timeout was ended because it took too long, or did not come to its turn
 * in time.
 */
export const tookTooLong = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === TRANSACTION_TOOK_TOO_LONG || JSON.stringify(error.meta ?? {}).includes(QUERY_CANCELED));

export interface DatabaseClient {
  readonly db: PrismaClient;
  close(): Promise<void>;
}

/** Connects on first use. */
export function connect(url: string): DatabaseClient {
  const opened = new pg.Pool({ connectionString: url, max: MAX_CONNECTIONS });
  // A connection that breaks while nobody uses it is replaced at the next statement, which says what is wrong.
  opened.on("error", () => undefined);
  const db = new PrismaClient({
    adapter: new PrismaPg(opened),
    transactionOptions: { maxWait: BEGINS_WITHIN_MS },
  });
  if (!pools.find()) pools.provide(new WeakMap());
  pools.get().set(db, opened);
  return {
    db,
    async close() {
      await db.$disconnect();
      await opened.end();
    },
  };
}
