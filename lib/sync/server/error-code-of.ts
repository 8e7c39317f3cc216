import { AppError, type ErrorCode } from "@/lib/protocol/errors";

/** What a client is told about a failed request; a failure of ours is `unavailable`: it may try again. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : "unavailable";
}
