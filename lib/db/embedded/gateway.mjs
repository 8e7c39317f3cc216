/**
 * Lets many PostgreSQL clients share the one session that PGlite has. A client's messages up to its Sync run as one
 * undivided unit (an unnamed statement of one client must not meet the parameters of another), and while a client is in
 * a transaction only its units run. What a session would keep (SET, named statements, advisory locks) is shared by all.
 */
import { createServer } from "node:net";
import { fatal, readyState, takePacket, typeOf, unitEnds } from "./frames.mjs";

/** @typedef {{ socket: import("node:net").Socket, buffer: Buffer, started: boolean, pending: Buffer[] }} Client */

/** @param {import("@electric-sql/pglite").PGlite} database */
export function createGateway(database) {
  /** @type {Set<Client>} */
  const clients = new Set();
  /** @type {{ client: Client, unit: Buffer }[]} */
  let queue = [];
  /** The client whose transaction, or unfinished unit, is open. @type {Client | null} */
  let owner = null;
  let running = false;

  async function run() {
    if (running) return;
    running = true;
    try {
      for (;;) {
        const index = owner === null ? 0 : queue.findIndex((entry) => entry.client === owner);
        const entry = queue[index];
        if (!entry) return;
        queue.splice(index, 1);
        const reply = await execute(entry);
        const state = readyState(reply);
        owner = state === "I" ? null : entry.client;
        if (!entry.client.socket.destroyed) entry.client.socket.write(reply);
        else if (owner === entry.client) await abandon();
      }
    } finally {
      running = false;
    }
  }

  /** @param {{ client: Client, unit: Buffer }} entry */
  async function execute({ client, unit }) {
    try {
      return await database.runExclusive(() => database.execProtocolRaw(unit));
    } catch (error) {
      // PGlite itself failed, not a statement: this client cannot go on, the others can.
      client.socket.end(fatal(error instanceof Error ? error.message : "the database failed"));
      return fatal("the database failed");
    }
  }

  /** Its client is gone in the middle of a transaction. */
  async function abandon() {
    owner = null;
    await database.exec("ROLLBACK");
  }

  /** @param {Client} client */
  function read(client) {
    for (;;) {
      const packet = takePacket(client.buffer, client.started);
      if (packet === null) return;
      client.buffer = packet.rest;
      if (packet.kind === "ssl") client.socket.write("N");
      else if (packet.kind === "cancel") client.socket.end();
      else if (packet.kind === "startup") {
        client.started = true;
        queue.push({ client, unit: packet.bytes });
      } else if (typeOf(packet.bytes) === "X") client.socket.end();
      else {
        client.pending.push(packet.bytes);
        if (!unitEnds.has(typeOf(packet.bytes))) continue;
        queue.push({ client, unit: Buffer.concat(client.pending) });
        client.pending = [];
      }
    }
  }

  const server = createServer((socket) => {
    /** @type {Client} */
    const client = { socket, buffer: Buffer.alloc(0), started: false, pending: [] };
    clients.add(client);
    socket.setNoDelay(true);
    socket.on("data", (bytes) => {
      client.buffer = client.buffer.length === 0 ? bytes : Buffer.concat([client.buffer, bytes]);
      try {
        read(client);
      } catch (error) {
        socket.end(fatal(error instanceof Error ? error.message : "malformed"));
        return;
      }
      void run();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      clients.delete(client);
      queue = queue.filter((entry) => entry.client !== client);
      // A unit of its that runs right now is dealt with when it ends.
      if (owner === client && !running) void abandon().then(run);
    });
  });

  return {
    /** @param {import("node:net").ListenOptions} where */
    listen: (where) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(where, () => resolve(server.address()));
      }),
    /** Answers nobody any more; a unit that runs is waited for by the database's own close. */
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        for (const client of clients) client.socket.destroy();
      }),
  };
}
