/** The frames the server sends, as bytes. */
import * as encoding from "lib0/encoding";
import type { ChatUpdate } from "@/lib/protocol/chat";
import type { ControlUpdate } from "@/lib/protocol/control";
import { wire } from "@/lib/protocol/wire";
import { syncKind } from "./frame";
import { varUintSize, writeVarUint } from "./var-uint";

function syncFrame(kind: number, body: Uint8Array): Uint8Array {
  const head = varUintSize(wire.sync) + varUintSize(kind) + varUintSize(body.length);
  const frame = Buffer.allocUnsafe(head + body.length);
  let at = writeVarUint(frame, 0, wire.sync);
  at = writeVarUint(frame, at, kind);
  frame.set(body, writeVarUint(frame, at, body.length));
  return frame;
}

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

export function presenceFrame(records: readonly PresenceRecord[]): Uint8Array {
  let size = varUintSize(records.length);
  const lengths = records.map(({ clientId, clock, state }) => {
    const length = Buffer.byteLength(state);
    size += varUintSize(clientId) + varUintSize(clock) + varUintSize(length) + length;
    return length;
  });
  const frame = Buffer.allocUnsafe(varUintSize(wire.awareness) + varUintSize(size) + size);
  let at = writeVarUint(frame, 0, wire.awareness);
  at = writeVarUint(frame, at, size);
  at = writeVarUint(frame, at, records.length);
  for (const [index, { clientId, clock, state }] of records.entries()) {
    at = writeVarUint(frame, at, clientId);
    at = writeVarUint(frame, at, clock);
    at = writeVarUint(frame, at, lengths[index] ?? 0);
    at += frame.write(state, at);
  }
  return frame;
}

/** Says nothing; keeps y-websocket's watchdog quiet (it reconnects after 30 s without a message). */
export const keepAliveFrame: Uint8Array = presenceFrame([]);
