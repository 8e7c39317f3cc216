/**
 * Recognises what nearly every update is: one whole new mark, of plain values, that builds on nothing but the end of its
 * writer's own history and deletes nothing. Such a one says by itself all that a check needs, so it need not be decoded
 * into Yjs' structs. Whatever differs in a single byte is left to check-update, also what is only written oddly.
 *
 * The form is that of Yjs' updates (lib0's variable-length integers, https://github.com/yjs/yjs, UpdateEncoderV1).
 */

export interface NewMark {
  readonly client: number;
  /** Where the client's history stands before it. */
  readonly clock: number;
  /** How far it takes that history. */
  readonly length: number;
  readonly id: string;
  /** Text, numbers, booleans, null, and bytes. */
  readonly fields: ReadonlyMap<string, unknown>;
}

/** Struct headers: what follows, and whether it names its parent and its key, or the neighbour it comes after. */
const NAMED_TYPE = 0x27;
const NAMED_ANY = 0x28;
const NAMED_BINARY = 0x23;
const MAP = 1;
const ROOT_BY_NAME = 1;
const PARENT_BY_ID = 0;
/** lib0's "any" values. */
const ANY_TEXT = 119;
const ANY_TRUE = 120;
const ANY_FALSE = 121;
const ANY_FLOAT64 = 123;
const ANY_FLOAT32 = 124;
const ANY_INTEGER = 125;
const ANY_NULL = 126;
/** More than a mark has. */
const MAX_FIELDS = 32;

/** @returns null for everything else */
export function readNewMark(update: Uint8Array): NewMark | null {
  const reader = new Reader(update);
  if (reader.uint() !== 1) return null;
  const length = reader.uint();
  const client = reader.uint();
  const clock = reader.uint();
  if (length < 2 || length > MAX_FIELDS) return null;
  if (reader.byte() !== NAMED_TYPE || reader.uint() !== ROOT_BY_NAME || reader.text() !== "marks")
    return null;
  const id = reader.text();
  if (reader.uint() !== MAP) return null;
  const fields = new Map<string, unknown>();
  for (let count = 1; count < length; count++) {
    const kind = reader.byte();
    if (kind !== NAMED_ANY && kind !== NAMED_BINARY) return null;
    if (reader.uint() !== PARENT_BY_ID || reader.uint() !== client || reader.uint() !== clock) return null;
    const field = reader.text();
    if (kind === NAMED_ANY && reader.uint() !== 1) return null;
    fields.set(field, kind === NAMED_ANY ? reader.any() : reader.bytes());
    if (reader.failed || fields.size !== count) return null;
  }
  const deletions = reader.uint();
  return deletions === 0 && reader.isAtEnd() ? { client, clock, length, id, fields } : null;
}

/** Answers anything once it has `failed`. */
class Reader {
  failed = false;
  private at = 0;
  private readonly view: DataView;
  private readonly buffer: Buffer;

  constructor(private readonly from: Uint8Array) {
    this.view = new DataView(from.buffer, from.byteOffset, from.length);
    this.buffer = Buffer.from(from.buffer, from.byteOffset, from.length);
  }

  isAtEnd(): boolean {
    return !this.failed && this.at === this.from.length;
  }

  byte(): number {
    const byte = this.from[this.at++];
    if (byte === undefined) this.failed = true;
    return byte ?? 0;
  }

  uint(): number {
    let value = 0;
    let more = true;
    for (let factor = 1; more && factor < Number.MAX_SAFE_INTEGER; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      more = byte > 127;
    }
    if (more || value > Number.MAX_SAFE_INTEGER) this.failed = true;
    return value;
  }

  bytes(): Uint8Array {
    const length = this.uint();
    const start = this.at;
    this.at += length;
    if (this.at > this.from.length) this.failed = true;
    return this.failed ? new Uint8Array() : this.from.subarray(start, this.at);
  }

  /** Ids, names, colours, and labels of English words: the rest takes the other way. */
  text(): string {
    const length = this.uint();
    const start = this.at;
    this.at += length;
    if (this.at > this.from.length) this.failed = true;
    for (let at = start; !this.failed && at < this.at; at++)
      if ((this.from[at] ?? 0) > 127) this.failed = true;
    return this.failed ? "" : this.buffer.toString("latin1", start, this.at);
  }

  any(): unknown {
    switch (this.byte()) {
      case ANY_TEXT:
        return this.text();
      case ANY_INTEGER:
        return this.int();
      case ANY_FLOAT32:
        return this.number(4);
      case ANY_FLOAT64:
        return this.number(8);
      case ANY_TRUE:
        return true;
      case ANY_FALSE:
        return false;
      case ANY_NULL:
        return null;
      default:
        this.failed = true;
        return null;
    }
  }

  /** Six bits and the sign in the first byte. */
  private int(): number {
    const first = this.byte();
    let value = first & 63;
    let more = first > 127;
    for (let factor = 64; more && factor < Number.MAX_SAFE_INTEGER; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      more = byte > 127;
    }
    if (more || value > Number.MAX_SAFE_INTEGER) this.failed = true;
    return first & 64 ? -value : value;
  }

  private number(bytes: 4 | 8): number {
    const start = this.at;
    this.at += bytes;
    if (this.at > this.from.length) this.failed = true;
    if (this.failed) return 0;
    return bytes === 4 ? this.view.getFloat32(start) : this.view.getFloat64(start);
  }
}
