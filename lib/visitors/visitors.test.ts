import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signVisitorToken, verifyVisitorToken } from "@/lib/auth/tokens";
import { type ShopId, shopIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { findAllowedOrigin } from "./allowed-origin";
import { createVisitor, requireVisitor } from "./create-visitor";
import { readableBy } from "./cross-origin";
import { frameAncestorsFor } from "./frame-ancestors";
import { knownVisitorFor, newVisitorFor } from "./take-requests";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let shopId: ShopId;
let otherShopId: ShopId;
const key = "visitors-test-key";
const origin = "https://shop.example";

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
    const { visitorToken } = await newVisitorFor(key, origin);
    const claims = await verifyVisitorToken(visitorToken);
    expect(claims.shopId).toBe(shopId);
    const row = await database.db.visitor.findUniqueOrThrow({ where: { id: claims.visitorId } });
    expect(Object.keys(row).sort()).toEqual(["createdAt", "guestNumber", "id", "lastSeenAt", "shopId"]);
  });

  it("[VI2] a page of another site, or a request without an origin, gets no visitor", async () => {
    await expect(newVisitorFor(key, "https://evil.example")).rejects.toMatchObject({ code: "forbidden" });
    await expect(newVisitorFor(key, null)).rejects.toMatchObject({ code: "forbidden" });
    await expect(newVisitorFor("no\0such-key", origin)).rejects.toMatchObject({ code: "not_found" });
    await expect(newVisitorFor("no-such-key", origin)).rejects.toMatchObject({ code: "not_found" });
  });

  it("[VI3] foreign, forged and erased tokens are refused alike", async () => {
    const foreign = await createVisitor(otherShopId);
    await expect(knownVisitorFor({ shopKey: key, visitorToken: foreign }, origin)).rejects.toMatchObject({
      code: "unauthorized",
    });
    const mine = await createVisitor(shopId);
    await expect(requireVisitor(`${mine.slice(0, -4)}AAAA`, shopId)).rejects.toMatchObject({
      code: "unauthorized",
    });
    const { visitorId } = await verifyVisitorToken(mine);
    await database.db.visitor.delete({ where: { id: visitorId } });
    await expect(requireVisitor(mine, shopId)).rejects.toMatchObject({ code: "unauthorized" });
    const never = await signVisitorToken({
      visitorId: visitorIdSchema.parse("00000000-0000-7000-8000-000000000000"),
      shopId,
    });
    await expect(requireVisitor(never, shopId)).rejects.toMatchObject({ code: "unauthorized" });
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

  it("[VI7] a visitor is seen when her events arrive", async () => {
    const token = await createVisitor(shopId);
    const { visitorId } = await verifyVisitorToken(token);
    await database.db.visitor.update({ where: { id: visitorId }, data: { lastSeenAt: new Date(0) } });
    await requireVisitor(token, shopId);
    const { lastSeenAt } = await database.db.visitor.findUniqueOrThrow({ where: { id: visitorId } });
    expect(lastSeenAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});
