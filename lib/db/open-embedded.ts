/** Starts the embedded database's process on a folder and stops it; knows nothing of tables. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { findProjectRoot } from "./project-root";
import { StartProblem } from "./start-problem";

/** pg looks for this file name in the folder it is given as host. */
const SOCKET_NAME = ".s.PGSQL.5432";
/** sun_path is 108 bytes on Linux and 104 on macOS, with its closing zero. */
const MAX_SOCKET_PATH = 103;
/** A clean stop writes a checkpoint; past this the process is killed (which loses nothing either). */
const STOP_MS = 8_000;

const readySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), host: z.string().nullable(), port: z.number().nullable() }),
  z.object({ type: z.literal("failed"), reason: z.string() }),
]);

export interface EmbeddedDatabase {
  readonly url: string;
  /** Of its own process. */
  readonly pid: number;
  close(): Promise<void>;
}

/**
 * @param folder the database's own folder, made when missing
 * @param onDeath called when the process ends without being asked to
 */
export async function openEmbedded(
  folder: string,
  onDeath: (reason: string) => void,
): Promise<EmbeddedDatabase> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = process.platform === "win32" ? null : socketFolder(folder);
  const child = fork(
    join(findProjectRoot(), "lib/db/embedded/main.mjs"),
    [folder, socket ? join(socket.path, SOCKET_NAME) : "loopback"],
    { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] },
  );
  let lastWords = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    lastWords = (lastWords + bytes.toString()).slice(-2_000);
  });
  let closing = false;
  child.once("exit", (code, signal) => {
    if (!closing) onDeath(`the embedded database ended (${signal ?? code}): ${lastWords.trim().slice(-500)}`);
  });
  const answer = await Promise.race([
    once(child, "message").then(([message]) => readySchema.parse(message)),
    once(child, "exit").then(() => ({ type: "failed" as const, reason: lastWords.trim().slice(-500) })),
  ]);
  if (answer.type === "failed") {
    closing = true;
    socket?.remove();
    throw new StartProblem(
      `The embedded database in ${folder} cannot be opened: ${answer.reason || "its process ended"}.`,
    );
  }
  const url = socket
    ? `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(socket.path)}`
    : `postgresql://postgres@127.0.0.1:${answer.port}/postgres`;
  return {
    url,
    pid: child.pid ?? 0,
    async close() {
      closing = true;
      await stopChild(child);
      socket?.remove();
    },
  };
}

/** Beside the data when the path is short enough, else in a private temporary folder. */
function socketFolder(folder: string): { path: string; remove(): void } {
  const beside = join(folder, "..", "run");
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= MAX_SOCKET_PATH) {
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    return { path: beside, remove: () => rmSync(join(beside, SOCKET_NAME), { force: true }) };
  }
  const path = mkdtempSync(join(tmpdir(), "vetrina-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  if (child.connected) child.send("stop");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await exited;
  clearTimeout(timer);
}
