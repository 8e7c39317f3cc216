/** A client that sends any bytes it likes, for what an honest one never does. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import type { ControlUpdate } from "@/lib/protocol/control";
import { wire } from "@/lib/protocol/wire";
import { until } from "./until";

export interface RawClient {
  readonly socket: WebSocket;
  /** Types of the frames received, in order. */
  readonly types: number[];
  readonly control: ControlUpdate[];
  readonly chat: unknown[];
  /** Updates received in sync frames (kinds 1 and 2). */
  readonly updates: Uint8Array[];
  /** Presence frames' states by Yjs client id; null once gone. */
  readonly presence: Map<number, unknown>;
  closeCode: number | null;
  send(bytes: Uint8Array): void;
  sendJson(type: number, value: unknown): void;
  /** kind 1: answer to a state vector, 2: update. */
  sendUpdate(update: Uint8Array, kind?: number): void;
  sendPresence(clientId: number, clock: number, state: unknown): void;
  refusals(): string[];
}

/** Connects and resolves once welcomed or closed. */
export async function connectRaw(address: string): Promise<RawClient> {
  const socket = new WebSocket(address);
  const client: RawClient = {
    socket,
    types: [],
    control: [],
    chat: [],
    updates: [],
    presence: new Map(),
    closeCode: null,
    send: (bytes) => socket.send(bytes),
    sendJson(type, value) {
      socket.send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, type);
          encoding.writeVarString(encoder, JSON.stringify(value));
        }),
      );
    },
    sendUpdate: (update, kind = 2) =>
      socket.send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, wire.sync);
          encoding.writeVarUint(encoder, kind);
          encoding.writeVarUint8Array(encoder, update);
        }),
      ),
    sendPresence(clientId, clock, state) {
      const body = encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarUint(encoder, clientId);
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarString(encoder, JSON.stringify(state));
      });
      socket.send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, wire.awareness);
          encoding.writeVarUint8Array(encoder, body);
        }),
      );
    },
    refusals: () =>
      client.control.flatMap((update) =>
        update.type === "refused" && update.id === "" ? [update.code] : [],
      ),
  };
  socket.on("message", (data: Buffer) => read(client, data));
  socket.on("close", (code) => {
    client.closeCode = code;
  });
  socket.on("error", () => undefined);
  const settled = () => client.control.length > 0 || client.closeCode !== null;
  await until("welcomed or closed", settled);
  return client;
}

function read(client: RawClient, data: Buffer): void {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  const type = decoding.readVarUint(decoder);
  client.types.push(type);
  if (type === wire.control) client.control.push(JSON.parse(decoding.readVarString(decoder)));
  if (type === wire.chat) client.chat.push(JSON.parse(decoding.readVarString(decoder)));
  if (type === wire.sync) {
    const kind = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (kind > 0) client.updates.push(body);
  }
  if (type === wire.awareness) {
    const body = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    for (let left = decoding.readVarUint(body); left > 0; left--) {
      const clientId = decoding.readVarUint(body);
      decoding.readVarUint(body);
      client.presence.set(clientId, JSON.parse(decoding.readVarString(body)));
    }
  }
}
