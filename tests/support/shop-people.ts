/** Shops, visitors and signed-in members for tests: rows as the product makes them, and the headers their browsers send. */
import { randomBytes } from "node:crypto";
import { getAuth } from "@/lib/auth/auth";
import { signVisitorToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { type ShopId, shopIdSchema, type VisitorId, visitorIdSchema } from "@/lib/protocol/ids";
import type { MemberRole } from "@/lib/protocol/roles";
import { createPerson } from "@/lib/shops/people";

export interface TestVisitor {
  readonly visitorId: VisitorId;
  readonly shopId: ShopId;
  readonly headers: Headers;
}

export async function createShop(locale = "en"): Promise<ShopId> {
  const key = randomBytes(8).toString("hex");
  const shop = await getDb().shop.create({ data: { key, name: `Shop ${key}`, locale, origins: [] } });
  return shopIdSchema.parse(shop.id);
}

export async function createVisitor(shopId: ShopId): Promise<TestVisitor> {
  const row = await getDb().visitor.create({ data: { shopId } });
  const visitorId = visitorIdSchema.parse(row.id);
  const token = await signVisitorToken({ visitorId, shopId });
  return { visitorId, shopId, headers: new Headers({ authorization: `Bearer ${token}` }) };
}

/** A member of the shop with a real session; returns the headers of her browser. */
export async function createMember(shopId: ShopId, role: MemberRole, name: string): Promise<Headers> {
  const email = `${randomBytes(6).toString("hex")}@example.test`;
  const { password } = await createPerson(shopId, { name, email, role });
  const answer = await getAuth().api.signInEmail({ body: { email, password }, asResponse: true });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  return new Headers({ cookie: cookie.join("; ") });
}
