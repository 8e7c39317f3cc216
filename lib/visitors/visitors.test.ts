import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signVisitorToken, verifyVisitorToken } from "@/lib/auth/tokens";
import { type ShopId, shopIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { findAllowedOrigin } from "./allowed-origin";
import { createVisitor, requireVisitor } from "./create-visitor";
import { readableBy } from "./cross-origin";
import { frameAncestorsFor } from "./frame-ancestors";
import { knownVisitorFor, newVisitorFor, recordedVisitorFor } from "./take-requests";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let shopId: ShopId;
let otherShopId: ShopId;
const key = "visitors-test-key";
const origin = "https://shop.example";

/** A request as a page of `from` would make it. */
const page = (from: string | null, headers: Record<string, string> = {}) =>
  new Request("http://127.0.0.1/", { headers: from === null ? headers : { ...headers, origin: from } });
const chatting = { shopKey: key, purpose: "conversation" } as const;
const visiting = { shopKey: key, purpose: "visit" } as const;

/** A pseudonym that must have been given. */
const given = (token: string | null) => {
  if (token === null) throw new Error("no visitor token was given");
  return token;
};

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  const make = async (shopKey: string, origins: string[]) =>
    shopIdSchema.parse((await database.db.shop.create({ data: { key: shopKey, name: "Shop", origins } })).id);
  shopId = await make(key, [origin, "http://localhost:3000"]);
  otherShopId = await make("another-shop-key", [
    "https://other.example; script-src *",
    "https://other.example",
  ]);
}, 60_000);

afterAll(() => database.close());

describe("visitors", () => {
  it("[VI1] a new visitor's token names her and her shop, and her row holds no fact about the person", async () => {
    const { visitorToken } = await newVisitorFor(chatting, page(origin));
    const claims = await verifyVisitorToken(given(visitorToken));
    expect(claims.shopId).toBe(shopId);
    const row = await database.db.visitor.findUniqueOrThrow({ where: { id: claims.visitorId } });
    expect(Object.keys(row).sort()).toEqual([
      "createdAt",
      "device",
      "guestNumber",
      "id",
      "inviteDraw",
      "inviteShown",
      "invitedAt",
      "lastSeenAt",
      "locale",
      "origin",
      "personId",
      "shopId",
      "tokenEpoch",
    ]);
  });

  it("[VI2] a page of another site, or a request without an origin, gets no visitor", async () => {
    const ask = (shopKey: string, from: string | null) => newVisitorFor({ ...chatting, shopKey }, page(from));
    await expect(ask(key, "https://evil.example")).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask(key, null)).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask("no\0such-key", origin)).rejects.toMatchObject({ code: "not_found" });
    await expect(ask("no-such-key", origin)).rejects.toMatchObject({ code: "not_found" });
  });

  it("[VI3] foreign, forged and erased tokens are refused alike", async () => {
    const { visitorToken: foreign } = await createVisitor(otherShopId);
    await expect(knownVisitorFor({ shopKey: key, visitorToken: foreign }, origin)).rejects.toMatchObject({
      code: "unauthorized",
    });
    const { visitorToken: mine } = await createVisitor(shopId);
    await expect(
      requireVisitor(`${mine.slice(0, -4)}AAAA`, shopId, "https://shop.example"),
    ).rejects.toMatchObject({
      code: "unauthorized",
    });
    const { visitorId } = await verifyVisitorToken(mine);
    await database.db.visitor.delete({ where: { id: visitorId } });
    await expect(requireVisitor(mine, shopId, "https://shop.example")).rejects.toMatchObject({
      code: "unauthorized",
    });
    const never = await signVisitorToken({
      visitorId: visitorIdSchema.parse("00000000-0000-7000-8000-000000000000"),
      shopId,
    });
    await expect(requireVisitor(never, shopId, "https://shop.example")).rejects.toMatchObject({
      code: "unauthorized",
    });
  });

  it("[VI4] the frame's ancestors are the shop's origins, nobody for an unknown key, and never a second directive", async () => {
    expect(await frameAncestorsFor(key)).toBe("https://shop.example http://localhost:3000");
    expect(await frameAncestorsFor("no-such-key")).toBe("'none'");
    expect(await frameAncestorsFor("no\0such-key")).toBe("'none'");
    expect(await frameAncestorsFor("another-shop-key")).toBe("https://other.example");
  });

  it("[VI5] only the page that was allowed may read the answer, without credentials", async () => {
    const allowed = readableBy(await findAllowedOrigin(key, origin), Response.json({}));
    expect(allowed.headers.get("access-control-allow-origin")).toBe(origin);
    expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
    const other = readableBy(await findAllowedOrigin(key, "https://evil.example"), Response.json({}));
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
    expect(other.headers.get("vary")).toContain("Origin");
  });

  it("[VI8] who only looks round gets a pseudonym where all may be recorded, who opens the chat always", async () => {
    const gpc = { "sec-gpc": "1" };
    const answers = async (consent?: "none" | "anonymous" | "full", headers = {}) => {
      const visit = await newVisitorFor({ ...visiting, consent }, page(origin, headers));
      const chat = await newVisitorFor({ ...chatting, consent }, page(origin, headers));
      return [visit.recording, visit.visitorToken !== null, chat.visitorToken !== null];
    };
    expect(await answers()).toEqual(["full", true, true]);
    expect(await answers("anonymous")).toEqual(["anonymous", false, true]);
    expect(await answers("none")).toEqual(["none", false, true]);
    expect(await answers(undefined, gpc)).toEqual(["anonymous", false, true]);
    expect(await answers("full", gpc)).toEqual(["anonymous", false, true]);
    expect(await answers("none", gpc)).toEqual(["none", false, true]);
    await database.db.shop.update({ where: { id: shopId }, data: { consent: "none" } });
    expect(await answers()).toEqual(["none", false, true]);
    expect(await answers("full")).toEqual(["full", true, true]);
    await database.db.shop.update({ where: { id: shopId }, data: { consent: "full" } });
  });

  it("[VI8] events are nobody's without her consent, and hers only with her token", async () => {
    const { visitorToken: token } = await createVisitor(shopId);
    const { visitorId } = await verifyVisitorToken(token);
    const batch = { shopKey: key, visitorToken: token };
    expect(await recordedVisitorFor(batch, page(origin))).toMatchObject({
      shopId,
      visitorId,
      inviteAfter: null,
    });
    expect(await recordedVisitorFor({ ...batch, consent: "anonymous" }, page(origin))).toEqual({
      shopId,
      visitorId: null,
      inviteAfter: null,
    });
    expect(await recordedVisitorFor(batch, page(origin, { "sec-gpc": "1" }))).toEqual({
      shopId,
      visitorId: null,
      inviteAfter: null,
    });
    expect(await recordedVisitorFor({ ...batch, consent: "none" }, page(origin))).toBeNull();
    await expect(recordedVisitorFor({ shopKey: key }, page(origin))).rejects.toMatchObject({
      code: "unauthorized",
    });
  });

  it("[VI7] a visitor is seen when her events arrive", async () => {
    const { visitorToken: token } = await createVisitor(shopId);
    const { visitorId } = await verifyVisitorToken(token);
    await database.db.visitor.update({ where: { id: visitorId }, data: { lastSeenAt: new Date(0) } });
    await requireVisitor(token, shopId, "https://shop.example");
    const { lastSeenAt } = await database.db.visitor.findUniqueOrThrow({ where: { id: visitorId } });
    expect(lastSeenAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});
