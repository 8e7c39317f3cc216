/**
 * How old a row must be before whoever follows by time is shown it, milliseconds: a transaction that began earlier may
 * still write one that stands before it, which the follower would never see.
 */
export const SETTLED_AFTER_MS = 5_000;
