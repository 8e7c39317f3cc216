/** A real Redis of our own for tests: on a free port, in a temporary folder, stopped by its pid. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./postgres";

/** A server that needs longer to answer than this, milliseconds, is broken. */
const START_MS = 20_000;
const POLL_MS = 25;

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, with everything in it. */
  kill(): Promise<void>;
  /** On the same port, empty. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "vetrina-redis-"));
  const port = await freePort();
  let shell: ChildProcess | null = null;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    port,
    async kill() {
      if (shell === null) return;
      const ended = once(shell, "exit");
      shell.stdin?.end();
      await ended;
      shell = null;
    },
    async start() {
      const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
      // A test worker may be killed without a word; a shell that reads from us notices, and ends the server.
      const guard = '"$@" & cat; kill -KILL $!; wait';
      shell = spawn("sh", ["-c", guard, "sh", "/usr/bin/redis-server", ...settings], {
        stdio: ["pipe", "ignore", "ignore"],
      });
      await untilAnswers(port);
    },
    async close() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function untilAnswers(port: number): Promise<void> {
  const end = Date.now() + START_MS;
  while (!(await answers(port))) {
    if (Date.now() > end) throw new Error("Redis does not answer");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => socket.write("PING\r\n"));
    socket.on("data", (bytes) => finish(bytes.toString().startsWith("+PONG")));
    socket.on("error", () => finish(false));
  });
}
