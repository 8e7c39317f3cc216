/**
 * The product as a process of its own, for tests that kill it, restart it or ask it from outside: the source server
 * (no build needed), on a free port and a data folder of its own, without pages (its HTTP API and sockets only need
 * Next's build when a test asks for pages).
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { findProjectRoot } from "@/lib/db/project-root";

/** A start on a busy machine: initdb, migrations, demo people. */
const START_MS = 120_000;

export interface ServerProcess {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly pid: number;
  /** Everything it wrote, so far. */
  output(): string;
  /** Resolves with what the process wrote once it contains `text`; rejects when it ends without. */
  until(text: string): Promise<string>;
  /** Resolves with the exit code, null for a signal. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export function temporaryDataDir(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "vetrina-test-"));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}

/** Runs a file of the project (TypeScript or not) with these variables and nothing of the test runner's own. */
export function runFile(
  file: string,
  variables: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ServerProcess {
  const root = findProjectRoot();
  const child = spawn(process.execPath, ["--import", "tsx", join(root, file), ...args], {
    cwd: root,
    env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  const keep = (bytes: Buffer) => {
    output += bytes.toString();
    for (const look of waiting) look();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));
  return {
    child,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const finish = (done: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          done();
        };
        const look = () => output.includes(text) && finish(() => resolve(output));
        const timer = setTimeout(
          () => finish(() => reject(new Error(`"${text}" did not come:\n${output}`))),
          START_MS,
        );
        waiting.add(look);
        void ended.then((code) =>
          finish(() => reject(new Error(`ended (${code}) before "${text}":\n${output}`))),
        );
        look();
      }),
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
