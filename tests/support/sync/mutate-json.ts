/** The JSON inside a chat, control or presence frame, with something in it exchanged, and the lengths around it right. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { wire } from "@/lib/protocol/wire";

/** Deeper than any reader's stack. */
const DEEP = 20_000;

const values: readonly string[] = [
  "null",
  "true",
  "0",
  "-1",
  "1e308",
  "1e999",
  "9007199254740993",
  "0.1",
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e"',
  `"${"x".repeat(5_000)}"`,
  "[]",
  "{}",
  '{"__proto__":{"role":"agent"}}',
  '{"constructor":{"prototype":{}}}',
  `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`,
  '["type","send"]',
  '"agent"',
  '"lock-drawing"',
  '"item-0001"',
];

type Next = () => number;

export function mutateJson(frame: Uint8Array, next: Next): Uint8Array {
  const type = frame[0] ?? 0;
  const at = frame.indexOf(123);
  if (at < 0 || type === wire.sync) return frame.slice(1);
  const text = new TextDecoder().decode(frame.subarray(at));
  const changed = exchange(text, next);
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    if (type !== wire.awareness) {
      encoding.writeVarString(encoder, changed);
      return;
    }
    const body = encoding.encode((inner) => {
      encoding.writeVarUint(inner, 1);
      encoding.writeVarUint(inner, clientIdOf(frame));
      encoding.writeVarUint(inner, Math.floor(next() * 100));
      encoding.writeVarString(inner, changed);
    });
    encoding.writeVarUint8Array(encoder, body);
  });
}

/** One value, one key or one entry of the text becomes something else. */
function exchange(text: string, next: Next): string {
  const parts = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/g)];
  const part = parts[Math.floor(next() * parts.length)];
  if (!part) return text;
  const value = values[Math.floor(next() * values.length)] ?? "null";
  const before = text.slice(0, part.index);
  const after = text.slice(part.index + part[0].length);
  if (next() < 0.2) return `${before}${part[0]}${after.replace("}", `,"extra":${value}}`)}`;
  return `${before}${value}${after}`;
}

function clientIdOf(frame: Uint8Array): number {
  try {
    const decoder = decoding.createDecoder(frame);
    for (let skipped = 0; skipped < 3; skipped++) decoding.readVarUint(decoder);
    return decoding.readVarUint(decoder);
  } catch {
    return 7;
  }
}
