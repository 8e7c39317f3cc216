/**
 * Opens one page and reads it through the gate. The page may be anything: it gets a fresh context, no downloads, dialogs
 * closed, other windows shut, and an end to its time; the reading runs in a world that its scripts do not reach.
 */
import type { Browser, CDPSession, Page } from "playwright-core";
import type { PageReport } from "./finding";
import { LintProblem } from "./lint-problem";
import type { LintOrder } from "./page-script";

export interface PageOrder {
  readonly url: string;
  readonly rules: unknown;
  readonly accept: readonly string[];
  readonly timeoutMs: number;
  /** From `bundlePageScript`. */
  readonly script: string;
}

/** Without a change for so long a page has come to rest. */
const QUIET_MS = 500;
/** The part of a page's time that it may spend becoming ready and still. */
const SETTLE_SHARE = 0.4;
/** Nodes read: the mirror itself gives up at as many. */
const MAX_NODES = 50_000;
const WORLD = "vetrina-mask-lint";

/** @throws {LintProblem} when the page cannot be looked at */
export async function lintPage(browser: Browser, order: PageOrder): Promise<PageReport> {
  const context = await browser.newContext({ acceptDownloads: false, serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    context.on("page", (other) => {
      if (other !== page) void other.close().catch(() => {});
    });
    return await within(order.timeoutMs, look(page, order));
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
    timer = setTimeout(() => reject(new LintProblem(`it did not answer within ${ms / 1_000} seconds`)), ms);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function look(page: Page, order: PageOrder): Promise<PageReport> {
  const settleMs = order.timeoutMs * SETTLE_SHARE;
  await open(page, order);
  const isLoaded = await page.waitForLoadState("load", { timeout: settleMs / 2 }).then(
    () => true,
    () => false,
  );
  const session = await page.context().newCDPSession(page);
  const settled = await run<boolean>(
    session,
    order.script,
    `vetrinaMaskLint.settle(${QUIET_MS}, ${settleMs / 2})`,
  );
  const here = new URL(page.url());
  if (here.origin !== new URL(order.url).origin)
    throw new LintProblem(`it leads to another site (${here.protocol === "file:" ? "file:" : here.origin})`);
  const lint: LintOrder = {
    rules: order.rules,
    accept: order.accept,
    limits: { nodes: MAX_NODES, milliseconds: settleMs / 2 },
  };
  const report = await run<Omit<PageReport, "isRestless">>(
    session,
    order.script,
    `vetrinaMaskLint.lint(${JSON.stringify(lint)})`,
  );
  return { ...report, isRestless: !isLoaded || !settled };
}

async function open(page: Page, { url, timeoutMs }: PageOrder): Promise<void> {
  let status = 0;
  try {
    const response = await page.goto(url, { waitUntil: "commit", timeout: timeoutMs });
    status = response?.status() ?? 0;
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    const reason =
      /net::(ERR_[A-Z_]+)/.exec(words)?.[1] ?? (words.includes("Download") ? "a download" : "no answer");
    throw new LintProblem(`it could not be opened (${reason})`, { cause: error });
  }
  if (status >= 400) throw new LintProblem(`it answered ${status}`);
}

/** Tries after a page went elsewhere in the middle. */
const TRIES = 3;

/** Evaluates in a world of our own. The page may navigate meanwhile: then in its next document, a few times. */
async function run<T>(session: CDPSession, script: string, expression: string): Promise<T> {
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
  throw new LintProblem("it could not be read: it kept going elsewhere", { cause: failure });
}
