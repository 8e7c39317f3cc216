/** Many rows of one table in one statement, whose text is always the same: they go as one JSON value. */
import { runStatement } from "@/lib/db/client";

type ColumnType = "text" | "int" | "bigint" | "timestamptz" | "jsonb" | "boolean";
export type Columns = Readonly<Record<string, ColumnType>>;

/** Rows of one statement: on the embedded database, which does one thing at a time, everybody waits while it runs. */
const ROWS_AT_ONCE = 500;

export async function insertRows(
  table: string,
  columns: Columns,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  const sql = `INSERT INTO "${table}" (${names.join(", ")}) SELECT ${names.join(", ")}
    FROM jsonb_to_recordset($1::jsonb) AS "row" (${typed.join(", ")})`;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await runStatement(sql, [JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))]);
  }
}
