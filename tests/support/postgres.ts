/**
 * A real PostgreSQL of our own for tests: initdb in a temporary folder, on a free port, stopped by its pid. All test
 * files of one run share one (tests/support/postgres-run.ts ends it); a file run without that ends its own.
 */
import { execFile, spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import lockfile from "proper-lockfile";

const run = promisify(execFile);

/** Set by the run's global setup; holds the shared server. */
export const RUN_FOLDER_VARIABLE = "VETRINA_TEST_RUN";
/** A server that needs longer to answer than this, milliseconds, is broken. */
const START_MS = 60_000;
const POLL_MS = 50;

export interface PostgresServer {
  /** Of the maintenance database; the user is a superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The run's server, started by whoever needs it first. */
export async function sharedPostgres(): Promise<PostgresServer> {
  const folder = process.env[RUN_FOLDER_VARIABLE];
  if (!folder) return ownPostgres();
  const release = await lockfile.lock(folder, {
    retries: { retries: 600, minTimeout: 100, maxTimeout: 100 },
  });
  try {
    const file = join(folder, "url");
    if (!existsSync(file)) writeFileSync(file, (await startPostgres(join(folder, "postgres"))).url);
    return { url: readFileSync(file, "utf8"), stop: async () => {} };
  } finally {
    await release();
  }
}

let own: Promise<PostgresServer> | undefined;

function ownPostgres(): Promise<PostgresServer> {
  own ??= startPostgres(join(mkdtempSync(join(tmpdir(), "vetrina-pg-")), "postgres"), { endWithUs: true });
  return own;
}

/** @param folder of the cluster; made anew. Its server ends with {@link killPostgres}. */
async function startPostgres(
  folder: string,
  { endWithUs = false }: { endWithUs?: boolean } = {},
): Promise<PostgresServer> {
  const bin = binaries();
  const who = await unprivileged();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (who.uid !== undefined && who.gid !== undefined) {
    chownSync(join(folder, ".."), who.uid, who.gid);
    chownSync(folder, who.uid, who.gid);
  }
  await run(
    join(bin, "initdb"),
    ["-D", folder, "-U", "vetrina", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
    {
      ...who,
      cwd: folder,
    },
  );
  const port = await freePort();
  // Nothing of a test's database needs to survive a power cut.
  const settings = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
  ];
  const command = [join(bin, "postgres"), "-D", folder, "-p", String(port), "-k", ""];
  const args = [...command, ...settings.flatMap((setting) => ["-c", setting])];
  // A test worker may be killed without a word; a shell that reads from us notices, and ends the server.
  const guard = endWithUs ? '"$@" & cat; kill -QUIT $!; wait; rm -rf "$GUARDED"' : 'exec "$@"';
  const child = spawn("sh", ["-c", guard, "sh", ...args], {
    ...who,
    cwd: folder,
    env: { ...process.env, GUARDED: join(folder, "..") },
    stdio: [endWithUs ? "pipe" : "ignore", "ignore", "ignore"],
    detached: true,
  });
  child.unref();
  const url = `postgresql://vetrina@127.0.0.1:${port}/postgres`;
  await untilAnswers(url);
  return {
    url,
    async stop() {
      killPostgres(folder);
    },
  };
}

/** Ends the server of a cluster by its pid file, and removes the cluster. */
export function killPostgres(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")[0]);
    // SIGQUIT is PostgreSQL's immediate shutdown: its children end too.
    if (pid > 1) process.kill(pid, "SIGQUIT");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")))
      throw error;
  }
  rmSync(join(folder, ".."), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Debian keeps the server's programs out of PATH, one folder a version; the newest wins. */
function binaries(): string {
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const bin = versions
    .map((version) => join(base, version, "bin"))
    .find((path) => existsSync(join(path, "initdb")));
  if (!bin) throw new Error(`no PostgreSQL server found in ${base}: install Debian's package postgresql`);
  return bin;
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string) => {
    const { stdout } = await run("id", [flag, "postgres"]).catch(() => run("id", [flag, "nobody"]));
    return Number(stdout);
  };
  return { uid: await idOf("-u"), gid: await idOf("-g") };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.query("SELECT 1");
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
