/**
 * Sends our own presence and nobody else's. y-websocket repeats to the server every change it hears from it, which
 * with five people in a room is four times the traffic for nothing.
 */
import * as encoding from "lib0/encoding";
import { type Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import type { WebsocketProvider } from "y-websocket";
import { wire } from "@/lib/protocol/wire";
import { sendBytes } from "./json-frames";

interface Change {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

export function sendOwnPresence(provider: WebsocketProvider, awareness: Awareness): () => void {
  awareness.off("update", provider._awarenessUpdateHandler);
  const send = ({ added, updated, removed }: Change) => {
    const own = awareness.clientID;
    if (![...added, ...updated, ...removed].includes(own)) return;
    sendBytes(
      provider,
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, wire.awareness);
        encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [own]));
      }),
    );
  };
  awareness.on("update", send);
  return () => awareness.off("update", send);
}
