import { getDb } from "@/lib/db/client";
import type { ConsentLevel } from "@/lib/protocol/consent";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

/** What is recorded of visitors of whom the shop has told nothing. @throws AppError not_found */
export async function saveConsent(shopId: ShopId, consent: ConsentLevel): Promise<void> {
  const { count } = await getDb().shop.updateMany({ where: { id: shopId }, data: { consent } });
  if (count === 0) throw new AppError("not_found", "no such shop");
}
