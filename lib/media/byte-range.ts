/** The one kind of `Range` that browsers' players send: bytes from, to, or the last so many (RFC 9110, 14.2). */
import type { ByteRange } from "./store";

/**
 * @param header the request's; null and what is no single range of bytes mean all of it, as the RFC says
 * @returns what is asked for; "all", or "none" when it begins behind the end
 */
export function readRange(header: string | null, byteLength: number): ByteRange | "all" | "none" {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  const [, from = "", to = ""] = found ?? [];
  if (from === "" && to === "") return "all";
  const last = byteLength - 1;
  if (from === "") {
    const length = Math.min(Number(to), byteLength);
    return length === 0 ? "none" : { start: byteLength - length, end: last };
  }
  const start = Number(from);
  const end = to === "" ? last : Math.min(Number(to), last);
  if (to !== "" && Number(to) < start) return "all";
  return start > last ? "none" : { start, end };
}
