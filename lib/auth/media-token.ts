/**
 * Lets one reader read one asset's files for a while. Not a JWT: it stands in every picture's address, so it is short,
 * and the same within a window, so that browsers can cache the picture.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { getConfig } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";
import {
  type AssetId,
  type MemberId,
  memberIdSchema,
  type ParticipantId,
  participantIdSchema,
} from "@/lib/protocol/ids";

/** For whom an address was made: it is worth nothing once she may no longer see what it names. */
export type MediaReader =
  | { readonly kind: "participant"; readonly participantId: ParticipantId }
  | { readonly kind: "member"; readonly memberId: MemberId };

/** @param reader null: whoever has the address, for what is public in a shop */
export function signMediaToken(
  assetId: AssetId | string,
  reader: MediaReader | null,
  expiresAt: Date,
): string {
  const claims = `${Math.floor(expiresAt.getTime() / 1_000).toString(36)}.${write(reader)}`;
  return `${claims}.${signature(assetId, claims)}`;
}

/** @throws AppError unauthorized for a token of another asset, a forged or an expired one */
export function verifyMediaToken(token: string, assetId: AssetId | string): MediaReader | null {
  const [expiry = "", reader = "", given = ""] = token.split(".");
  const expected = Buffer.from(signature(assetId, `${expiry}.${reader}`));
  const signed = Buffer.from(given);
  const genuine = signed.length === expected.length && timingSafeEqual(signed, expected);
  if (!genuine || Number.parseInt(expiry, 36) * 1_000 <= Date.now()) {
    throw new AppError("unauthorized", "this address has expired or was altered");
  }
  return read(reader);
}

function write(reader: MediaReader | null): string {
  if (reader === null) return "";
  return reader.kind === "participant" ? `p${reader.participantId}` : `m${reader.memberId}`;
}

function read(text: string): MediaReader | null {
  if (text === "") return null;
  const id = text.slice(1);
  return text.startsWith("p")
    ? { kind: "participant", participantId: participantIdSchema.parse(id) }
    : { kind: "member", memberId: memberIdSchema.parse(id) };
}

function signature(assetId: string, claims: string): string {
  return createHmac("sha256", getConfig().secret).update(`media\0${assetId}\0${claims}`).digest("base64url");
}
