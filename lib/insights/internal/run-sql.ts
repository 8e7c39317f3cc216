import { getDb, tookTooLong } from "@/lib/db/client";
import { configSlot } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";

/** What a screen waits for, and what one page of a file may take. Milliseconds. */
const SCREEN_MS = 15_000;
export const FILE_MS = 120_000;
/** The transaction around it gives up later than the statement itself, which says why. Milliseconds. */
const SPARE_MS = 10_000;
/**
 * Of one sort or hash; PostgreSQL's own 4 MB write a year's credits to the disk. Compiling (jit) takes a report's many
 * expressions seconds, and saves it milliseconds.
 */
const WORK_MEM = "64MB";
const settle =
  "SELECT set_config('statement_timeout', $1, true), set_config('work_mem', $2, true), set_config('jit', 'off', true)";

/**
 * Runs one read with $1, $2 ... parameters. Reports are texts of this module alone, put together at load time: no value of
 * a request is ever part of the text. Times go in as ISO strings and come out as milliseconds.
 *
 * @param withinMs after this the database ends it; the embedded one has no clock for that and goes on
 * @throws AppError takes_too_long
 */
export async function runSql(
  sql: string,
  parameters: readonly (string | number)[],
  withinMs = SCREEN_MS,
): Promise<unknown> {
  // Its one session can end no statement, and a transaction that gave up would throw the answer away.
  if (configSlot.get().embedded) return getDb().$queryRawUnsafe<unknown>(sql, ...parameters);
  try {
    return await getDb().$transaction(
      async (tx) => {
        await tx.$queryRawUnsafe(settle, String(withinMs), WORK_MEM);
        return await tx.$queryRawUnsafe<unknown>(sql, ...parameters);
      },
      { timeout: withinMs + SPARE_MS },
    );
  } catch (error) {
    throw tookTooLong(error) ? tooLong() : error;
  }
}

/** `digest` is all that Next tells the page which stands in place of one that failed. */
const tooLong = () =>
  Object.assign(new AppError("takes_too_long", "a report took too long"), { digest: "takes_too_long" });
