import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { configSlot } from "@/lib/protocol/config-slot";
import { assetIdSchema, memberIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { type MediaReader, signMediaToken, verifyMediaToken } from "./media-token";

beforeAll(() => {
  configSlot.provide({
    publicUrl: "http://127.0.0.1",
    dataDir: "/nowhere",
    secret: "s".repeat(64),
    version: "test",
    embedded: false,
  });
});

const newId = () => assetIdSchema.parse(randomUUID());
const soon = () => new Date(Date.now() + 60_000);
const participant: MediaReader = {
  kind: "participant",
  participantId: participantIdSchema.parse(randomUUID()),
};
const member: MediaReader = { kind: "member", memberId: memberIdSchema.parse(randomUUID()) };

it("[AU1] an asset's token opens that asset, for its time, and names for whom it was made", () => {
  const [id, expiresAt] = [newId(), soon()];
  for (const reader of [null, participant, member]) {
    const token = signMediaToken(id, reader, expiresAt);
    expect(verifyMediaToken(token, id)).toEqual(reader);
    expect(signMediaToken(id, reader, expiresAt)).toBe(token);
  }
});

it("[AU1] another asset's, an expired and an altered one open nothing", () => {
  const id = newId();
  const token = signMediaToken(id, participant, soon());
  const refused = (bad: string, of = id) =>
    expect(() => verifyMediaToken(bad, of), bad).toThrow("expired or was altered");
  refused(token, newId());
  refused(signMediaToken(id, participant, new Date(Date.now() - 1_000)));
  const [expiry = "", reader = "", signature = ""] = token.split(".");
  const later = (Number.parseInt(expiry, 36) + 3_600).toString(36);
  const other = `p${randomUUID()}`;
  for (const bad of [
    `${later}.${reader}.${signature}`,
    `${expiry}.${other}.${signature}`,
    `${expiry}..${signature}`,
    `${expiry}.${signature}`,
    `${expiry}.${reader}.`,
    "",
    ".",
    "..",
    "zzz",
  ]) {
    refused(bad);
  }
});
