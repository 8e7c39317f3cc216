/**
 * The header by which a shop's adapter knows that a call is ours, of now, and unchanged (docs/adapters.md):
 * `X-Vetrina-Signature: t=<seconds>,v1=<hex HMAC-SHA-256 of "<seconds>.<METHOD>.<path with query>">`.
 */
import { createHmac } from "node:crypto";

export function signRequest(
  secret: string,
  { method, url }: { readonly method: string; readonly url: URL },
  now: Date,
): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const signed = `${seconds}.${method}.${url.pathname}${url.search}`;
  return `t=${seconds},v1=${createHmac("sha256", secret).update(signed).digest("hex")}`;
}
