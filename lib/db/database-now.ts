import { getDb } from "./client";

/** Where work waits for a time, or whoever does it for a sign of life: what several nodes compare must come from one clock. */
export type Clock = () => Date | Promise<Date>;

/** The database's time: the one clock that all nodes share, however wrong their own are. */
export async function databaseNow(): Promise<Date> {
  const [row] = await getDb().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (row === undefined) throw new Error("the database did not say what time it is");
  return row.now;
}
