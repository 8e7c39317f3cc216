import { getDb } from "@/lib/db/client";

/**
 * Runs one read with $1, $2 ... parameters. Reports are texts of this module alone, put together at load time: no value of
 * a request is ever part of the text. Times go in as ISO strings and come out as milliseconds.
 */
export function runSql(sql: string, parameters: readonly (string | number)[]): Promise<unknown> {
  return getDb().$queryRawUnsafe<unknown>(sql, ...parameters);
}
