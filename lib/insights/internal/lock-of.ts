import { createHash } from "node:crypto";

/** The key of what must not run at the same time. Two names with the same number only wait for each other. */
export function lockOf(name: string): bigint {
  return createHash("sha256").update(name).digest().readBigInt64BE();
}
