/** The first picture of a page: how heavy it is, and how long it occupies the page that it is taken of. */
import type { Browser } from "playwright-core";
import { traced } from "./main-thread";
import type { Session } from "./session";
import { gzippedBytes, isAsset, isOfThePage, plainBytes, sentBytes } from "./wire-bytes";

export interface SnapshotResult {
  readonly plainKb: number;
  readonly gzippedKb: number;
  /** Fonts and pictures that the viewer cannot fetch itself. */
  readonly filesKb: number;
  /** Milliseconds of the main thread until everything is told. */
  readonly workMs: number;
  /** Milliseconds. */
  readonly longestTask: number;
}

const KB = 1_000;

export async function takeSnapshot(browser: Browser, session: Session): Promise<SnapshotResult> {
  const tasks = await traced(browser, "mirror-start", session.start);
  const messages = session.sent();
  const told = messages.filter(isOfThePage);
  return {
    plainKb: plainBytes(told) / KB,
    gzippedKb: gzippedBytes(told) / KB,
    filesKb: sentBytes(messages.filter(isAsset)) / KB,
    workMs: tasks.total(told.at(-1)?.at ?? 0),
    longestTask: tasks.longest,
  };
}
