import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { timeZones } from "./time-zones";

/** By which clocks the shop lives. @param timeZone IANA name @throws AppError bad_request when there is no such zone */
export async function updateTimeZone(shopId: ShopId, timeZone: string): Promise<void> {
  if (!timeZones.includes(timeZone)) throw new AppError("bad_request", "no such time zone");
  await getDb().shop.update({ where: { id: shopId }, data: { timeZone } });
}
