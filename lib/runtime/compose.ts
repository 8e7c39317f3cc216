/** The composition root of everything that is not HTTP: which adapter stands behind which port. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { provideDeskFeed } from "@/lib/conversations/desk-feed";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { Log } from "./log";

export interface Composition {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export function compose(log: Log): Composition {
  faultsSlot.provide((error) => log.error({ err: error }, "unexpected failure"));
  provideDeskFeed();
  return {
    handleUpgrade: (_request, socket) => socket.destroy(),
    close: async () => {},
  };
}
