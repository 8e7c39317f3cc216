/** A whole installation in a temporary folder, started as `npm start` does, on a free port; can be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Demo } from "../e2e/support/demo";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** First start on a busy 2-core machine: build (if nothing is built yet), database, pictures. */
const START_TIMEOUT_MS = 420_000;
const POLL_MS = 100;

export interface Installation {
  readonly dataDir: string;
  readonly demo: Omit<Demo, "realData">;
  /** Of the process that `npm start` runs; its children do the rest. */
  pid(): number;
  /** SIGKILL to the process and everything it started, then a new start on the same folder and port. */
  killAndRestart(): Promise<void>;
  /** A clean stop and a new start. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(environment: Record<string, string> = {}): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), "vetrina-e2e-"));
  const port = await freePort();
  let child = await start(dataDir, port, environment);
  const demo = JSON.parse(await readFile(join(dataDir, "demo.json"), "utf8")) as Installation["demo"];
  return {
    dataDir,
    demo,
    pid: () => child.pid ?? 0,
    async killAndRestart() {
      await end(child, "SIGKILL");
      child = await start(dataDir, port, environment);
    },
    async restart() {
      await end(child, "SIGTERM");
      child = await start(dataDir, port, environment);
    },
    async stop() {
      await end(child, "SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One that somebody else started and will stop. */
export async function readInstallation(
  dataDir: string,
): Promise<Pick<Installation, "dataDir" | "demo" | "stop">> {
  const demo = JSON.parse(await readFile(join(dataDir, "demo.json"), "utf8")) as Installation["demo"];
  return { dataDir, demo, stop: async () => {} };
}

/** One process of an installation that is put together elsewhere. */
export async function startProcess(dataDir: string, environment: Record<string, string>) {
  const port = await freePort();
  const child = await start(dataDir, port, environment);
  return { port, stop: (signal: "SIGKILL" | "SIGTERM") => end(child, signal) };
}

async function start(
  dataDir: string,
  port: number,
  environment: Record<string, string>,
): Promise<ChildProcess> {
  // A process group of its own, so that a kill reaches the server and not only its starter.
  const child = spawn(process.execPath, ["lib/runtime/start.mjs"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...environment,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      NODE_ENV: "production",
    },
  });
  let output = "";
  child.stdout?.on("data", (bytes) => (output += bytes));
  child.stderr?.on("data", (bytes) => (output += bytes));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${output}`);
    if (await isHealthy(port)) return child;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await end(child, "SIGKILL");
  throw new Error(`npm start did not become healthy:\n${output}`);
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, "exit");
  process.kill(signal === "SIGKILL" ? -child.pid : child.pid, signal);
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
