/** The sync server, put together: give it upgrades of SYNC_PATH. Spec: lib/sync/SPEC.md. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RoomsPort } from "@/lib/protocol/rooms-port";
import { alone } from "./alone";
import { liveRoomsPort } from "./live-rooms-port";
import { defaultSyncOptions, type SyncOptions } from "./options";
import type { SyncPorts } from "./ports";
import { RoomDoor } from "./room-door";
import { Rooms } from "./rooms";

/** How long a stopping server waits for updates that are not stored yet. */
const CLOSE_WITHIN_MS = 5_000;

export interface SyncFigures {
  readonly rooms: number;
  readonly connections: number;
  /** Bytes of updates that wait to be stored. */
  readonly unsavedBytes: number;
  /** Bytes that wait in sockets for slow readers. */
  readonly unsentBytes: number;
}

export interface SyncServer {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly roomsPort: RoomsPort;
  /** For health and tests. */
  figures(): SyncFigures;
  /** Tells everybody to come back, stores what is on its way, frees everything. */
  close(): Promise<void>;
}

export function createSyncServer(ports: SyncPorts, options: Partial<SyncOptions> = {}): SyncServer {
  const all = { ...defaultSyncOptions, ...options };
  const rooms = new Rooms(ports, all);
  const door = new RoomDoor(rooms, ports, all);
  const pings = setInterval(() => {
    for (const connection of door.connections) connection.ping();
  }, all.pingMs);
  return {
    handleUpgrade: (request, socket, head) => door.handleUpgrade(request, socket, head),
    roomsPort: liveRoomsPort(rooms, ports.fanout ?? alone),
    figures: () => ({
      rooms: rooms.size,
      connections: door.connections.size,
      unsavedBytes: rooms.unsavedBytes,
      unsentBytes: [...door.connections].reduce((sum, { unsentBytes }) => sum + unsentBytes, 0),
    }),
    async close() {
      clearInterval(pings);
      await door.close();
      await rooms.close(CLOSE_WITHIN_MS);
      for (const connection of door.connections) connection.terminate();
    },
  };
}
