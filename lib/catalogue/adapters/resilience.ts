/** How patient we are with a shop's system: a time for each call, another try where that does no harm, a pause when it is down. */
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import { ConnectionProblem, isPassing } from "./connection-problem";

/** All in milliseconds, but for the counts. */
export interface Patience {
  /** For one answer, to its last byte: an agent waits for it in front of a customer. */
  readonly timeoutMs: number;
  /** Further tries. */
  readonly retries: number;
  /** Before the second try; doubled before the third; each time between half and one and a half of it. */
  readonly retryMs: number;
  /** A shop's system that asks for a longer pause than this gets it, and we say that it is busy. */
  readonly maxWaitMs: number;
  /** For a system that is busy and does not say for how long: doubled each time it still is, up to a minute. */
  readonly busyMs: number;
  /** Failures in a row after which it is left alone ... */
  readonly breakAfter: number;
  /** ... for this long. */
  readonly breakMs: number;
}

export const usualPatience: Patience = {
  timeoutMs: 5_000,
  retries: 2,
  retryMs: 250,
  maxWaitMs: 2_000,
  busyMs: 2_000,
  breakAfter: 5,
  breakMs: 15_000,
};

/** Longest pause that a shop's system can ask for, milliseconds: whatever it says, it is asked again after that. */
const MAX_QUIET_MS = 300_000;
/** The same for one that asks without saying for how long. */
const MAX_BUSY_MS = 60_000;

export interface Resilience {
  /** Asking twice must be the same as asking once. */
  run<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** One for each connection: what one shop's system does says nothing of another's. */
export function createResilience(patience: Patience): Resilience {
  let quietUntil = 0;
  let busyMs = patience.busyMs;
  const limited = timeout(patience.timeoutMs, TimeoutStrategy.Aggressive);
  const broken = circuitBreaker(
    handleWhen((error) => isDown(error)),
    { halfOpenAfter: patience.breakMs, breaker: new ConsecutiveBreaker(patience.breakAfter) },
  );
  const again = retry(
    handleWhen((error) => isWorthAnotherTry(error) && (retryAfter(error) ?? 0) <= patience.maxWaitMs),
    {
      maxAttempts: patience.retries,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const jitter = 0.5 + Math.random();
        const asked = "error" in result ? retryAfter(result.error) : null;
        return Math.max(asked ?? 0, patience.retryMs * 2 ** (attempt - 1) * jitter);
      }),
    },
  );
  const repeated = wrap(again, broken);

  async function once<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const wait = quietUntil - Date.now();
    // A timer may be a millisecond early; a pause that is nearly over is over.
    if (wait > 1) throw busy(wait);
    try {
      return await limited.execute((_context, signal) => ask(signal));
    } catch (error) {
      if (error instanceof TaskCancelledError) {
        throw new ConnectionProblem("slow", `no answer within ${patience.timeoutMs} ms`);
      }
      const pause = retryAfter(error);
      if (pause !== null) quietUntil = Date.now() + Math.min(pause, MAX_QUIET_MS);
      throw error;
    }
  }

  return {
    async run(ask) {
      try {
        const result = await repeated.execute(() => once(ask));
        busyMs = patience.busyMs;
        return result;
      } catch (error) {
        // After the further tries: those have their own, shorter pauses.
        if (error instanceof ConnectionProblem && error.problem === "busy" && error.retryAfterMs === null) {
          // Several questions on their way at once learn of the same pause, and not of a longer one each.
          const now = Date.now();
          if (now >= quietUntil) {
            quietUntil = now + busyMs;
            busyMs = Math.min(2 * busyMs, MAX_BUSY_MS);
          }
        }
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new ConnectionProblem(
          "away",
          "it failed several times in a row and is left alone for a moment",
        );
      }
    },
  };
}

const busy = (ms: number) =>
  new ConnectionProblem("busy", `it asked to be left alone for ${Math.ceil(ms / 1_000)} s`, {
    retryAfterMs: ms,
  });

function retryAfter(error: unknown): number | null {
  return error instanceof ConnectionProblem ? error.retryAfterMs : null;
}

/** Not one that was slow: the agent has waited long enough. */
function isWorthAnotherTry(error: unknown): boolean {
  return isPassing(error) && error instanceof ConnectionProblem && error.problem !== "slow";
}

function isDown(error: unknown): boolean {
  return error instanceof ConnectionProblem && (error.problem === "away" || error.problem === "slow");
}
