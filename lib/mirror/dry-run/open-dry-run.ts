/**
 * Runs dry runs: one at a time, each in a process of its own with a browser of its own, behind a proxy that leads to the
 * open internet only, bounded in time, memory and bytes. Knows nothing of shops: whose page it is was looked at before.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AllowedPlaces } from "@/lib/http/outside/allowed-places";
import { type OutsideProxy, openOutsideProxy } from "@/lib/http/outside/open-outside-proxy";
import { findChromium } from "../lint/find-chromium";
import { LintProblem } from "../lint/lint-problem";
import {
  type ChildOrder,
  type DryRunAnswer,
  type DryRunOrder,
  type DryRunProblem,
  dryRunAnswerSchema,
} from "./dry-run-port";
import type { RunDryRun } from "./dry-run-slot";

export interface DryRunOptions {
  /** What of a private network may be asked nevertheless. */
  readonly allowed: AllowedPlaces;
  /** For CHROME_PATH, PATH and what a browser needs of it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly limits?: Partial<DryRunLimits>;
  /** What went wrong with us, and not with the page. */
  readonly onFault: (error: unknown) => void;
}

interface DryRunLimits {
  /** Milliseconds for the page. */
  readonly pageMs: number;
  /** Milliseconds for all of it: starting a browser on a busy machine, too. */
  readonly wholeMs: number;
  /** Of the process and its browser: a shop's page takes some 300. */
  readonly memoryMb: number;
  /** Of everything that the page loads. */
  readonly bytes: number;
}

const LIMITS: DryRunLimits = { pageMs: 25_000, wholeMs: 45_000, memoryMb: 1_024, bytes: 80_000_000 };
/** JavaScript's heap in the process beside the browser: a report and a picture. */
const HEAP_MB = 256;
/** Milliseconds between asking a process to end and ending it. */
const LAST_WORDS_MS = 3_000;
/** A report of 200 findings and 200 changes and a picture are below one. */
const MAX_ANSWER_CHARS = 8_000_000;
const MAX_COMPLAINT_CHARS = 2_000;
/** A browser's last processes may still write while its files go. */
const REMOVED = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 } as const;
/** What a browser needs of our environment. Secrets stand there too, and are not handed on. */
const HANDED_ON = ["PATH", "HOME", "TMPDIR", "LANG", "FONTCONFIG_PATH"] as const;

export interface DryRuns {
  readonly run: RunDryRun;
  /** Ends the one that runs. */
  close(): Promise<void>;
}

export function openDryRuns({ allowed, variables, limits, onFault }: DryRunOptions): DryRuns {
  const bounds = { ...LIMITS, ...limits };
  const ends = new AbortController();
  let running: Promise<DryRunAnswer> | null = null;

  async function start(order: DryRunOrder): Promise<DryRunAnswer> {
    let proxy: OutsideProxy | null = null;
    let folder: string | null = null;
    try {
      const chromium = findChromium(null, variables);
      folder = await mkdtemp(join(variables.TMPDIR ?? tmpdir(), "vetrina-dry-run-"));
      proxy = await openOutsideProxy({ allowed, maxBytes: bounds.bytes });
      const signal = AbortSignal.any([ends.signal, AbortSignal.timeout(bounds.wholeMs)]);
      const answer = await runChild(
        {
          ...order,
          chromium,
          proxy: proxy.address,
          folder,
          timeoutMs: bounds.pageMs,
          maxMemoryMb: bounds.memoryMb,
        },
        variables,
        signal,
        onFault,
      );
      // Half a page's styles and pictures are no page.
      if (proxy.isSpent) return problem("too much");
      if (answer.kind === "problem" && proxy.refused.has(hostOf(order.url)))
        return problem("private network");
      return answer;
    } catch (error) {
      if (error instanceof LintProblem) return problem("no browser");
      onFault(error);
      return problem("not read");
    } finally {
      await proxy?.close();
      // A browser that was ended leaves its profile behind.
      if (folder !== null) await rm(folder, REMOVED).catch(onFault);
    }
  }

  return {
    async run(order) {
      if (running !== null || ends.signal.aborted) return problem("busy");
      running = start(order);
      try {
        return await running;
      } finally {
        running = null;
      }
    },
    async close() {
      ends.abort();
      await running;
    },
  };
}

const problem = (what: DryRunProblem): DryRunAnswer => ({ kind: "problem", problem: what });

/** As the proxy names what it refused. */
function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname.replace(/^\[|\]$/g, "")}:${port || (protocol === "https:" ? "443" : "80")}`;
}

/** @throws Error when the process ends without an answer that we understand, but for its time */
function runChild(
  order: ChildOrder,
  variables: DryRunOptions["variables"],
  signal: AbortSignal,
  onFault: DryRunOptions["onFault"],
): Promise<DryRunAnswer> {
  const env = Object.fromEntries(HANDED_ON.map((name) => [name, variables[name]]));
  // Beside our own bundle's folder: it runs from source, as the command line does.
  const file = join(process.cwd(), "lib", "mirror", "dry-run", "child.mjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, file], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { NODE_ENV: process.env.NODE_ENV, ...env },
    });
    let said = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
      if (said.length > MAX_ANSWER_CHARS) child.kill("SIGKILL");
    });
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      complaint = (complaint + piece).slice(-MAX_COMPLAINT_CHARS);
    });
    // Asked first, so that it takes its browser along.
    let last: NodeJS.Timeout | undefined;
    const end = () => {
      child.kill("SIGTERM");
      last = setTimeout(() => child.kill("SIGKILL"), LAST_WORDS_MS);
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(last);
      signal.removeEventListener("abort", end);
      if (signal.aborted) return resolve(problem("too late"));
      const read = dryRunAnswerSchema.safeParse(parse(said));
      const fault = new Error(`a dry run ended with ${code}: ${complaint.trim()}`, { cause: read.error });
      if (!read.success) return reject(fault);
      // Why a browser did not start, above all.
      if (complaint.trim() !== "") onFault(fault);
      resolve(read.data);
    });
    // A process that ended already reads nothing more; its end says so.
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(order));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
