import { getDb } from "@/lib/db/client";
import { at, type TestShop } from "./test-shop";

/** Two orders of one product that together hold more pieces than a database's integer. */
const EACH = 2_000_000_000;
export const ENDLESS = 2 * EACH;

export async function claimEndlessly(
  shop: TestShop,
  visitorId: Parameters<TestShop["order"]>[0],
  productId: string,
): Promise<void> {
  for (const orderId of ["endless 1", "endless 2"]) {
    await shop.order(visitorId, orderId, at(1), [{ id: productId, unitMinor: 1 }]);
  }
  await getDb().orderLine.updateMany({
    where: { order: { shopId: shop.shopId, externalId: { startsWith: "endless" } } },
    data: { quantity: EACH },
  });
}
