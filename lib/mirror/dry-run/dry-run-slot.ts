import { processSlot } from "@/lib/protocol/process-slot";
import type { DryRunAnswer, DryRunOrder } from "./dry-run-port";

/** Opens the page, reads it by both sets of rules, and closes everything again. One at a time. */
export type RunDryRun = (order: DryRunOrder) => Promise<DryRunAnswer>;

/** Provided at start: pages ask for it, the server's own bundle starts processes. */
export const dryRunSlot = processSlot<RunDryRun>("dry-run");
