/**
 * The embedded database's own process: PGlite (PostgreSQL in WebAssembly) on a folder, behind a socket. Plain JavaScript
 * because it is started as a file, built or not. It ends when its parent does: told by a message, or by a broken channel.
 *   node main.mjs <folder> <socket path | "loopback">
 */
import { chmodSync, rmSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import lockfile from "proper-lockfile";
import { createGateway } from "./gateway.mjs";

/** After a crash of this very process its lock is free again this late, in milliseconds. */
const LOCK_STALE_MS = 10_000;
const LOCK_UPDATE_MS = 2_000;
const LOCK_RETRY_MS = 250;

const [folder, where] = process.argv.slice(2);
if (folder === undefined || where === undefined || process.send === undefined) {
  process.exit(2);
}

// Ctrl-C reaches the whole process group; the parent decides when we stop.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

/** @type {(() => Promise<void>)[]} */
const closers = [];
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  for (const close of closers.reverse()) await close().catch(() => {});
  process.exit(0);
}
process.on("disconnect", () => void stop());
process.on("message", (message) => {
  if (message === "stop") void stop();
});

try {
  const release = await lockfile.lock(folder, {
    stale: LOCK_STALE_MS,
    update: LOCK_UPDATE_MS,
    retries: {
      retries: Math.ceil((LOCK_STALE_MS * 1.5) / LOCK_RETRY_MS),
      minTimeout: LOCK_RETRY_MS,
      maxTimeout: LOCK_RETRY_MS,
    },
    onCompromised: () => process.exit(3),
  });
  closers.push(release);
  const database = await PGlite.create({ dataDir: folder, extensions: { pg_trgm, unaccent } });
  closers.push(() => database.close());
  const gateway = createGateway(database);
  if (where === "loopback") {
    const address = await gateway.listen({ host: "127.0.0.1", port: 0 });
    closers.push(gateway.close);
    process.send({ type: "ready", host: "127.0.0.1", port: address.port });
  } else {
    rmSync(where, { force: true });
    await gateway.listen({ path: where });
    closers.push(gateway.close);
    chmodSync(where, 0o600);
    process.send({ type: "ready", host: null, port: null });
  }
} catch (error) {
  process.send({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  await stop();
}
