/**
 * Opens one page. It may be anything: it gets a fresh context, no downloads, dialogs closed, other windows shut, and an
 * end to its time; our script runs in a world that its own scripts do not reach.
 */
import type { Browser, BrowserContextOptions, CDPSession, Page } from "playwright-core";
import { LintProblem } from "./lint-problem";

export interface VisitOrder {
  readonly url: string;
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
  /** From `bundlePageScript`. */
  readonly script: string;
  /** Pixels; the browser's own without. */
  readonly viewport?: BrowserContextOptions["viewport"];
}

/** A page that was opened and has come to rest, as far as it does. */
export interface Visit {
  readonly session: CDPSession;
  /** The page still changed when its time to settle was over. */
  readonly isRestless: boolean;
  /** Milliseconds that one reading may take. */
  readonly readMs: number;
  /** In a world of our own, beside the script. @param expression a JSON value, or a promise of one */
  run<T>(expression: string): Promise<T>;
}

/** Without a change for so long a page has come to rest. */
const QUIET_MS = 500;
/** The part of a page's time that it may spend becoming ready and still. */
const SETTLE_SHARE = 0.4;
const WORLD = "vetrina-mask-lint";

/** @throws {LintProblem} when the page cannot be looked at */
export async function visitPage<T>(
  browser: Browser,
  order: VisitOrder,
  read: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    acceptDownloads: false,
    serviceWorkers: "block",
    ...(order.viewport === undefined ? {} : { viewport: order.viewport }),
  });
  try {
    const page = await context.newPage();
    context.on("page", (other) => {
      if (other !== page) void other.close().catch(() => {});
    });
    const work = settle(page, order).then(read);
    return await within(order.timeoutMs, work);
  } finally {
    // A page whose script never ends may not close in time; the browser is closed behind it.
    await Promise.race([context.close().catch(() => {}), wait(CLOSE_MS)]);
  }
}

const CLOSE_MS = 2_000;
const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LintProblem(`it did not answer within ${ms / 1_000} seconds`, { kind: "too late" })),
      ms,
    );
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function settle(page: Page, order: VisitOrder): Promise<Visit> {
  const settleMs = order.timeoutMs * SETTLE_SHARE;
  await open(page, order);
  const isLoaded = await page.waitForLoadState("load", { timeout: settleMs / 2 }).then(
    () => true,
    () => false,
  );
  const session = await page.context().newCDPSession(page);
  const run = <T>(expression: string) => evaluate<T>(session, order.script, expression);
  const settled = await run<boolean>(`vetrinaMaskLint.settle(${QUIET_MS}, ${settleMs / 2})`);
  const here = new URL(page.url());
  if (here.origin !== new URL(order.url).origin)
    throw new LintProblem(`it leads to another site (${here.protocol === "file:" ? "file:" : here.origin})`, {
      kind: "elsewhere",
    });
  return { session, isRestless: !isLoaded || !settled, readMs: settleMs / 2, run };
}

async function open(page: Page, { url, timeoutMs }: VisitOrder): Promise<void> {
  let status = 0;
  try {
    const response = await page.goto(url, { waitUntil: "commit", timeout: timeoutMs });
    status = response?.status() ?? 0;
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    const reason =
      /net::(ERR_[A-Z_]+)/.exec(words)?.[1] ?? (words.includes("Download") ? "a download" : "no answer");
    throw new LintProblem(`it could not be opened (${reason})`, { kind: "not opened", cause: error });
  }
  if (status >= 400) throw new LintProblem(`it answered ${status}`, { kind: "refused" });
}

/** Tries after a page went elsewhere in the middle. */
const TRIES = 3;

/** Evaluates in a world of our own. The page may navigate meanwhile: then in its next document, a few times. */
async function evaluate<T>(session: CDPSession, script: string, expression: string): Promise<T> {
  let failure: unknown;
  for (let i = 0; i < TRIES; i++) {
    try {
      const { frameTree } = await session.send("Page.getFrameTree");
      const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
        frameId: frameTree.frame.id,
        worldName: WORLD,
      });
      const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
        expression: `globalThis.vetrinaMaskLint ?? (() => {${script}})(); ${expression}`,
        contextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (!exceptionDetails) return result.value;
      failure = exceptionDetails.exception?.description ?? exceptionDetails.text;
    } catch (error) {
      failure = error;
    }
  }
  throw new LintProblem("it could not be read: it kept going elsewhere", {
    kind: "not read",
    cause: failure,
  });
}
