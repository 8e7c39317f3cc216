import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runFile, type ServerProcess, temporaryDataDir } from "@/tests/support/server";
import { findHolder, lockDataFolder, prepareDataFolder } from "./data-folder";
import { StartProblem } from "./start-problem";

/** Starts of the embedded database on a busy machine. */
const SLOW_MS = 240_000;

let folder: ReturnType<typeof temporaryDataDir>;
let running: ServerProcess[] = [];

beforeEach(() => {
  folder = temporaryDataDir();
});
afterEach(async () => {
  for (const server of running) if (server.child.exitCode === null) await server.kill("SIGKILL");
  running = [];
  folder.remove();
});

function open(...args: string[]): ServerProcess {
  const server = runFile("tests/support/installation-process.ts", { DATA_DIR: folder.path }, args);
  running.push(server);
  return server;
}

it(
  "[DB5] kill -9 in the middle of writes loses no acknowledged row, and the next start opens the folder",
  async () => {
    const first = open("write");
    await first.until("_25\n");
    await first.kill("SIGKILL");
    const acknowledged = first.output().match(/^acknowledged .*$/gm)?.length ?? 0;
    expect(acknowledged).toBeGreaterThan(25);

    const second = open("write");
    const rows = Number(/ready with (\d+) rows/.exec(await second.until("rows\n"))?.[1]);
    // The row whose answer was on its way may be there too.
    expect(rows).toBeGreaterThanOrEqual(acknowledged);
    expect(rows).toBeLessThanOrEqual(acknowledged + 1);
    await second.until("_5\n");

    const database = databaseProcess(second.pid);
    process.kill(database, "SIGKILL");
    expect(await second.until("lost")).toContain("lost the embedded database ended");
    expect(await second.ended).toBe(3);
    const all = rows + (second.output().match(/^acknowledged .*$/gm)?.length ?? 0);

    const third = open();
    const after = Number(/ready with (\d+) rows/.exec(await third.until("rows\n"))?.[1]);
    expect(after).toBeGreaterThanOrEqual(all);
    await third.kill("SIGTERM");
    expect(third.child.exitCode).toBe(0);
    expect(existsSync(join(folder.path, "server.json"))).toBe(false);
  },
  SLOW_MS,
);

it(
  "[DB6] the database's process ends when its parent is killed, and [DB9] what is left of its socket is no obstacle",
  async () => {
    const first = open();
    await first.until("ready");
    const database = databaseProcess(first.pid);
    await first.kill("SIGKILL");
    await expect.poll(() => isRunning(database), { timeout: 30_000 }).toBe(false);
    writeFileSync(join(folder.path, "run", ".s.PGSQL.5432"), "left behind");
    const second = open();
    await second.until("ready");
    await second.kill("SIGTERM");
    expect(second.child.exitCode).toBe(0);
  },
  SLOW_MS,
);

it(
  "[DB7] a second server on the same folder is refused in one sentence",
  async () => {
    const first = open();
    await first.until("ready");
    const holder = findHolder(folder.path);
    expect(holder).toMatchObject({ pid: first.pid });
    const second = open();
    expect(await second.ended).toBe(1);
    expect(second.output().trim()).toBe(
      `The data folder ${folder.path} is in use by another server (process ${first.pid}): stop it, or set DATA_DIR to another folder.`,
    );
    await first.kill("SIGTERM");
  },
  SLOW_MS,
);

it("[DB7] of two that lock at once one gets the folder, and it is free again after release", async () => {
  const lost = () => {
    throw new Error("lost the folder");
  };
  const first = await lockDataFolder(folder.path, lost);
  await expect(lockDataFolder(folder.path, lost)).rejects.toThrow(StartProblem);
  await first.release();
  await (await lockDataFolder(folder.path, lost)).release();
});

it("[DB8] a folder that cannot be written to is one sentence", () => {
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  expect(() => prepareDataFolder(join(file, "data"))).toThrow(
    `The data folder ${join(file, "data")} cannot be written to (ENOTDIR): set DATA_DIR to one that can.`,
  );
  chmodSync(file, 0o600);
});

/** The child that holds the data folder's database. */
function databaseProcess(parent: number): number {
  const out = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(parent)], { encoding: "utf8" });
  const line = out.split("\n").find((candidate) => candidate.includes("embedded/main.mjs"));
  return Number(line?.trim().split(" ")[0]);
}

function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
