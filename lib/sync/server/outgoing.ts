/** The frames the server sends, as bytes. */
import * as encoding from "lib0/encoding";
import type { ChatUpdate } from "@/lib/protocol/chat";
import type { ControlUpdate } from "@/lib/protocol/control";
import { wire } from "@/lib/protocol/wire";
import { syncKind } from "./frame";

const syncFrame = (kind: number, body: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, wire.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
  });

/** Asks for what the client has beyond this state vector. */
export const stateVectorFrame = (stateVector: Uint8Array) => syncFrame(syncKind.step1, stateVector);
/** Answers a client's state vector. */
export const missingFrame = (update: Uint8Array) => syncFrame(syncKind.step2, update);
export const updateFrame = (update: Uint8Array) => syncFrame(syncKind.update, update);

const jsonFrame = (type: number, value: unknown): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, JSON.stringify(value));
  });

export const chatFrame = (update: ChatUpdate) => jsonFrame(wire.chat, update);
export const controlFrame = (update: ControlUpdate) => jsonFrame(wire.control, update);

/** @property state JSON text; "null" for somebody who is gone. */
export interface PresenceRecord {
  readonly clientId: number;
  readonly clock: number;
  readonly state: string;
}

export const presenceFrame = (records: readonly PresenceRecord[]): Uint8Array =>
  encoding.encode((encoder) => {
    const body = encoding.encode((inner) => {
      encoding.writeVarUint(inner, records.length);
      for (const record of records) {
        encoding.writeVarUint(inner, record.clientId);
        encoding.writeVarUint(inner, record.clock);
        encoding.writeVarString(inner, record.state);
      }
    });
    encoding.writeVarUint(encoder, wire.awareness);
    encoding.writeVarUint8Array(encoder, body);
  });

/** Says nothing; keeps y-websocket's watchdog quiet (it reconnects after 30 s without a message). */
export const keepAliveFrame: Uint8Array = presenceFrame([]);
