import { createHash } from "node:crypto";

/**
 * The stored id of a claimed event id: the same claim of the same visitor always gives the same id, and nobody can
 * compute a claim that lands on another visitor's event. Shaped as a version 8 UUID (RFC 9562).
 */
export function eventIdOf(shopId: string, visitorId: string, claimedId: string): string {
  const hash = createHash("sha256").update(`${shopId}\n${visitorId}\n${claimedId}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
