/** Bytes of one client frame to one parsed value. What does not parse was not sent by an honest client. */
import { isAscii } from "node:buffer";
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { type ChatRequest, chatRequestSchema } from "@/lib/protocol/chat-requests";
import { type ControlRequest, controlRequestSchema } from "@/lib/protocol/control-requests";
import { wire } from "@/lib/protocol/wire";

/** Type numbers inside a sync frame, as in y-protocols/sync. */
export const syncKind = { step1: 0, step2: 1, update: 2 } as const;

/** Bytes of one JSON frame: a 4,000-character message or a renewed token, escaped, with room to spare. */
const MAX_JSON_FRAME_BYTES = 32_768;

export interface PresenceEntry {
  readonly clientId: number;
  readonly clock: number;
  /** Null: gone. */
  readonly state: Readonly<Record<string, unknown>> | null;
  /** The state as it came: JSON. */
  readonly text: string;
  /** Bytes of the text in UTF-8. */
  readonly size: number;
}

export type ClientFrame =
  | { readonly kind: "state-vector"; readonly stateVector: Uint8Array }
  /** @property complete step 2: everything the client has and the server asked for. */
  | { readonly kind: "update"; readonly update: Uint8Array; readonly complete: boolean }
  | { readonly kind: "presence"; readonly entries: readonly PresenceEntry[] }
  | { readonly kind: "query-presence" }
  | { readonly kind: "chat"; readonly request: ChatRequest }
  | { readonly kind: "control"; readonly request: ControlRequest };

export class MalformedFrame extends Error {
  override readonly name = "MalformedFrame";
}

/** @throws MalformedFrame */
export function parseFrame(bytes: Uint8Array): ClientFrame {
  const decoder = decoding.createDecoder(bytes);
  const frame = guard(() => parseBody(decoder));
  if (decoding.hasContent(decoder)) throw new MalformedFrame("bytes after the end");
  return frame;
}

/** Runs a decoder over bytes that are not to be trusted. @throws MalformedFrame for whatever it throws */
export function guard<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof MalformedFrame) throw error;
    throw new MalformedFrame("does not decode", { cause: error });
  }
}

function parseBody(decoder: decoding.Decoder): ClientFrame {
  switch (decoding.readVarUint(decoder)) {
    case wire.sync:
      return parseSync(decoder);
    case wire.awareness:
      return { kind: "presence", entries: parsePresence(decoding.readVarUint8Array(decoder)) };
    case wire.queryAwareness:
      return { kind: "query-presence" };
    case wire.chat:
      return { kind: "chat", request: chatRequestSchema.parse(readJson(decoder)) };
    case wire.control:
      return { kind: "control", request: controlRequestSchema.parse(readJson(decoder)) };
    default:
      throw new MalformedFrame("unknown message type");
  }
}

function parseSync(decoder: decoding.Decoder): ClientFrame {
  const kind = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  switch (kind) {
    case syncKind.step1:
      Y.decodeStateVector(body);
      return { kind: "state-vector", stateVector: body };
    case syncKind.step2:
    case syncKind.update:
      return { kind: "update", update: body, complete: kind === syncKind.step2 };
    default:
      throw new MalformedFrame("unknown sync message");
  }
}

function parsePresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const entries: PresenceEntry[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const utf8 = decoding.readVarUint8Array(decoder);
    const text = toText(utf8);
    const state: unknown = JSON.parse(text);
    if (state !== null && !isPlainObject(state)) throw new MalformedFrame("presence is no object");
    entries.push({ clientId, clock, state, text, size: utf8.length });
  }
  return entries;
}

/** Refuses what is no UTF-8: it would be passed on as it is. */
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Nearly all presence is ASCII, which is decoded in a fraction of the time. */
function toText(utf8: Uint8Array): string {
  if (!isAscii(utf8)) return strict.decode(utf8);
  return Buffer.from(utf8.buffer, utf8.byteOffset, utf8.length).toString("latin1");
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readJson(decoder: decoding.Decoder): unknown {
  const text = decoding.readVarString(decoder);
  if (text.length > MAX_JSON_FRAME_BYTES) throw new MalformedFrame("JSON frame too long");
  return JSON.parse(text);
}
