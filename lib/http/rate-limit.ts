/** Counts requests per key in this process's memory: enough for one node, and nobody's address is stored. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";

export interface Allowance {
  /** Requests allowed ... */
  readonly points: number;
  /** ... within this many seconds. */
  readonly seconds: number;
}

/** Says when there is an allowance again; whoever answers passes it on. */
class UsedUp extends AppError {
  constructor(readonly retryAfterMs: number) {
    super("too_many", `try again in ${Math.ceil(retryAfterMs / 1000)} s`);
  }
}

const limiters = processSlot<Map<string, RateLimiterMemory>>("rate-limiters");

/**
 * @param name of the limit, such as "open-conversation"; one allowance belongs to it.
 * @throws AppError too_many
 */
export async function limit(name: string, key: string, allowance: Allowance): Promise<void> {
  try {
    await limiter(name, allowance).consume(key);
  } catch (cause) {
    if (cause instanceof RateLimiterRes) {
      throw new UsedUp(cause.msBeforeNext);
    }
    throw cause;
  }
}

function limiter(name: string, { points, seconds }: Allowance): RateLimiterMemory {
  const all = limiters.find() ?? new Map<string, RateLimiterMemory>();
  limiters.provide(all);
  const known = all.get(name) ?? new RateLimiterMemory({ points, duration: seconds });
  all.set(name, known);
  return known;
}
