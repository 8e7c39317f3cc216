/** Cursors of the public API: where an answer ended, as an opaque word. */
import { AppError } from "../errors";

/** After the row of this time and id, in that order. */
export interface Place {
  /** ISO 8601. */
  readonly at: string;
  readonly id: string;
}

export function writeCursor({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`, "utf8").toString("base64url");
}

/** Undefined for none. @throws AppError bad_request for what we never wrote */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{0,36})$/.exec(
      Buffer.from(cursor, "base64url").toString("utf8"),
    ) ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) {
    throw new AppError("bad_request", "this is no cursor of ours");
  }
  return { at, id };
}
