/** Stream frames written by hand, as base64: what a capture would send, and what none would. */
import { gzipSync } from "node:zlib";
import type { NodeRow, PageCheck, PageDelta, PageFacts, Splice } from "../../lib/mirror/wire/page-message";
import { relativeRows, relativeSplices } from "../../lib/mirror/wire/relative-ids";
import { encodeStreamFrame, GZIP_FROM_BYTES, type StreamKind } from "../../lib/mirror/wire/stream-frame";

const FACTS: PageFacts = { w: 800, h: 600, url: "http://127.0.0.1/", title: "t", mode: "default" };

export function frame(kind: StreamKind, epoch: number, seq: number, body: unknown): string {
  const plain = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(travelling(body)));
  const gzipped = plain.byteLength > GZIP_FROM_BYTES;
  const payload = gzipped ? gzipSync(plain) : plain;
  return Buffer.from(encodeStreamFrame({ kind, gzipped, epoch, seq, payload })).toString("base64");
}

/** With ids as they travel, where there are any of the right form. */
function travelling(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const { n, k }: { readonly n?: unknown; readonly k?: unknown } = body;
  return {
    ...body,
    ...(isList<NodeRow>(n) && { n: relativeRows(n) }),
    ...(isList<Splice<number>>(k) && { k: relativeSplices(k) }),
  };
}

const isList = <Row>(value: unknown): value is readonly Row[] =>
  Array.isArray(value) && value.every((row) => Array.isArray(row) && row.length > 0);

export const delta = (epoch: number, seq: number, body: PageDelta) => frame("delta", epoch, seq, body);
export const check = (epoch: number, body: PageCheck) => frame("check", epoch, 0, body);

export function asset(epoch: number, key: string, type: string, bytes: Uint8Array): string {
  const texts = [key, type].flatMap((text) => [text.length, ...new TextEncoder().encode(text)]);
  const payload = Uint8Array.from([...texts, ...bytes]);
  return Buffer.from(encodeStreamFrame({ kind: "asset", gzipped: false, epoch, seq: 0, payload })).toString(
    "base64",
  );
}

/** A page whose body (id 3) has what `more` puts there. */
export function full(epoch: number, seq: number, more: PageDelta = {}): string {
  const { n = [], k = [], ...rest } = more;
  return frame("full", epoch, seq, {
    page: FACTS,
    n: [[1, 9, 0], [2, 1, "html", 0, []], [3, 1, "body", 0, []], ...n],
    k: [[1, 0, 0, 2], [2, 0, 0, 3], ...k],
    ...rest,
  });
}
