/**
 * Tells the database how large its tables have become. PostgreSQL's autovacuum does so by itself, in time; the embedded one has
 * nobody who does, and plans every report for the empty table it was made as: minutes in which nothing else is answered.
 */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";

/**
 * Tables that have grown by a tenth since they were last looked at, as autovacuum has it, and by at least eight pages of 8 KiB; and
 * those nobody has looked at yet: a catalogue of a few hundred products is taken for a single one, and read anew for each of them.
 */
const GROWN = `pg_relation_size(c.oid) / current_setting('block_size')::int > greatest(c.relpages, 0) * 1.1 + 8
  OR c.reltuples < 0 AND pg_relation_size(c.oid) > 0`;
const NOT_EMPTY = "pg_relation_size(c.oid) > 0";
const tablesSchema = z.array(z.object({ name: z.string() }));

/** @returns the tables that were looked at, a parted one under its own name */
export function learnSizes(): Promise<string[]> {
  return lookAt(GROWN);
}

/**
 * The same of every table that has rows, grown or not: where a shop is much smaller than another, the tables' own size says
 * nothing of its rows, and the planner expects a single one.
 */
export async function learnAllSizes(): Promise<void> {
  await lookAt(NOT_EMPTY);
}

async function lookAt(which: string): Promise<string[]> {
  const tables = tablesSchema.parse(
    await getDb().$queryRawUnsafe(`
      SELECT DISTINCT coalesce(p.relname, c.relname)::text AS name
      FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND (${which}) ORDER BY 1`),
  );
  // One by one: between two of them others get their answers.
  for (const { name } of tables) await getDb().$executeRawUnsafe(`ANALYZE "${name.replaceAll('"', '""')}"`);
  return tables.map(({ name }) => name);
}
