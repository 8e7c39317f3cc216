import { processSlot } from "./process-slot";

/** Where unexpected failures go: the process's log. Provided at start; silent when nothing was. */
export const faultsSlot = processSlot<(error: unknown) => void>("faults");
