/** Whether the server can do its work; the composition root knows what that takes. */
import { processSlot } from "./process-slot";

export type CheckResult = "ok" | "failed";

/** Body of GET /api/health. */
export interface Health {
  readonly status: CheckResult;
  readonly version: string;
  readonly checks: {
    readonly database: CheckResult;
    readonly store: CheckResult;
    /** The line to the other processes, where there are several. Without it each goes on by itself: not a failure. */
    readonly nodes?: CheckResult;
  };
}

export const healthSlot = processSlot<() => Promise<Health>>("health");
