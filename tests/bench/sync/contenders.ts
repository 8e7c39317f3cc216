/** Who is measured, each with everything that its server has on by default; ours with everything that it has. */

import { getConfig } from "@/lib/protocol/config-slot";
import type { TestDatabase } from "@/tests/support/database";
import { type Dialect, hocuspocus, plain, relayed } from "./framing";
import { conversationRooms, type MakeRooms, namedRooms } from "./rooms";
import { type ServerProcess, startServer, together } from "./server-process";

export type ContenderName = "ours" | "y-websocket" | "hocuspocus" | "bare relay";

export interface Contender {
  readonly name: ContenderName;
  readonly dialect: Dialect;
  readonly makeRooms: MakeRooms;
  start(): Promise<ServerProcess>;
}

/** A contender whose server runs. */
export interface Running extends Contender {
  readonly server: ServerProcess;
}

/** @param profileFolder where our server's CPU profiles go, or null */
export function contenders(database: TestDatabase, profileFolder: string | null): readonly Contender[] {
  const reference = (name: ContenderName, dialect: Dialect): Contender => ({
    name,
    dialect,
    makeRooms: namedRooms,
    start: () => startServer(name.replace(" ", "-"), [], null),
  });
  return [
    {
      name: "ours",
      dialect: plain,
      makeRooms: (count, seats) => conversationRooms(database.db, count, seats),
      start: () => startServer("ours", [database.url, getConfig().secret], profileFolder),
    },
    reference("y-websocket", plain),
    reference("hocuspocus", hocuspocus),
    reference("bare relay", relayed),
  ];
}

/** Two of ours, joined by Redis. */
export function twoNodes(database: TestDatabase, redisUrl: string): Contender {
  const node = () => startServer("ours", [database.url, getConfig().secret, redisUrl], null);
  return {
    name: "ours",
    dialect: plain,
    makeRooms: (count, seats) => conversationRooms(database.db, count, seats),
    start: async () => together([await node(), await node()]),
  };
}

/** Starts the contender's server for as long as `use` runs. */
export async function withServer<T>(contender: Contender, use: (running: Running) => Promise<T>): Promise<T> {
  const server = await contender.start();
  try {
    return await use({ ...contender, server });
  } finally {
    await server.stop();
  }
}
