import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { configSlot } from "@/lib/protocol/config-slot";
import { conversationIdSchema, participantIdSchema, shopIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import {
  type RoomClaims,
  signOrderToken,
  signRoomToken,
  signVisitorToken,
  verifyOrderToken,
  verifyRoomToken,
  verifyVisitorToken,
} from "./tokens";

const config = { publicUrl: "http://127.0.0.1:3000", dataDir: "/nowhere", version: "0", embedded: true };
const secret = "a secret of this test, long enough to sign";
const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const visitor = { visitorId: visitorIdSchema.parse(id(1)), shopId: shopIdSchema.parse(id(2)) };
const room: RoomClaims = {
  conversationId: conversationIdSchema.parse(id(3)),
  participantId: participantIdSchema.parse(id(4)),
  shopId: visitor.shopId,
  role: "customer",
  name: "Guest 1",
  color: 2,
  visitorId: visitor.visitorId,
};
const refused = { name: "AppError", code: "unauthorized" };

beforeAll(() => configSlot.provide({ ...config, secret }));

describe("tokens", () => {
  it("[AU1] what was signed comes back", async () => {
    expect(await verifyVisitorToken(await signVisitorToken(visitor, 3))).toEqual({ ...visitor, epoch: 3 });
    expect(await verifyOrderToken(await signOrderToken(visitor))).toEqual(visitor);
    const { expiresAt, ...claims } = await verifyRoomToken(await signRoomToken(room));
    expect(claims).toEqual(room);
    expect(expiresAt - Date.now()).toBeGreaterThan(290_000);
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(300_000);
  });

  it("[AU1] one kind never stands in for another", async () => {
    await expect(verifyRoomToken(await signVisitorToken(visitor))).rejects.toMatchObject(refused);
    await expect(verifyVisitorToken(await signRoomToken(room))).rejects.toMatchObject(refused);
    await expect(verifyVisitorToken(await signOrderToken(visitor))).rejects.toMatchObject(refused);
    await expect(verifyOrderToken(await signVisitorToken(visitor))).rejects.toMatchObject(refused);
  });

  it("[AU1] a forged, altered, unsigned or expired token is refused", async () => {
    const token = await signRoomToken(room);
    const [head = "", body = "", signature = ""] = token.split(".");
    const agent = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, "base64url").toString()), role: "agent" }),
    );
    const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const expired = await signRoomToken(room, -1);
    const foreign = await new SignJWT({ ...room })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("vetrina")
      .setAudience("room")
      .setExpirationTime("5m")
      .sign(new TextEncoder().encode("another secret, just as long as ours is"));
    for (const bad of [
      `${head}.${agent.toString("base64url")}.${signature}`,
      `${unsigned}.${body}.`,
      expired,
      foreign,
      "",
      "x.y.z",
    ]) {
      await expect(verifyRoomToken(bad)).rejects.toMatchObject(refused);
    }
  });
});
