/** What can go wrong between us and a shop's system, told apart so that an admin reads what to do about it. */
import { AppError, type ErrorCode } from "@/lib/protocol/errors";

export const connectionProblems = [
  /** Wrong or withdrawn keys. */
  "keys",
  /** Right keys that may not do this. */
  "rights",
  /** Nothing of the kind at this address. */
  "address",
  /** An address in a private network, at once or after a redirect. */
  "private",
  "busy",
  "away",
  "slow",
  "too_large",
  /** An answer that is not what the platform documents. */
  "shape",
  /** Stored keys that this installation cannot read. */
  "sealed",
] as const;
export type ConnectionProblemKind = (typeof connectionProblems)[number];

const codeOf: Record<ConnectionProblemKind, ErrorCode> = {
  keys: "forbidden",
  rights: "forbidden",
  address: "not_found",
  private: "forbidden",
  busy: "too_many",
  away: "unavailable",
  slow: "unavailable",
  too_large: "too_large",
  shape: "unavailable",
  sealed: "unavailable",
};

export class ConnectionProblem extends AppError {
  constructor(
    readonly problem: ConnectionProblemKind,
    detail: string,
    options: ErrorOptions & {
      /** Milliseconds for which the shop's system asked to be left alone. */
      readonly retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(codeOf[problem], detail, options);
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
  readonly retryAfterMs: number | null;

  /** An open connection is shared by both bundles of the server, each with its own copy of this class. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof AppError && "problem" in error && "retryAfterMs" in error;
  }
}

/** Whether the same question may be answered a moment later. */
export function isPassing(error: unknown): boolean {
  return error instanceof ConnectionProblem && ["busy", "away", "slow"].includes(error.problem);
}
