import { getDb } from "@/lib/db/client";
import { type ConsentLevel, consentLevels } from "@/lib/protocol/consent";
import { AppError } from "@/lib/protocol/errors";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";

export interface Shop {
  readonly shopId: ShopId;
  readonly key: string;
  readonly name: string;
  readonly locale: string;
  readonly currency: string;
  readonly accent: string;
  /** What customers send is covered for the shop's people at first. */
  readonly coverPhotos: boolean;
  /** Files that customers send are kept as they came, too. */
  readonly keepOriginals: boolean;
  /** Origins whose pages may open our frame. */
  readonly origins: readonly string[];
  /** What is recorded of visitors of whom the shop has told nothing. */
  readonly consent: ConsentLevel;
  /** IANA name. */
  readonly timeZone: string;
  /** Seconds on a product page after which visitors are invited to the chat; null: nobody is. */
  readonly inviteAfter: number | null;
}

const columns = {
  id: true,
  key: true,
  name: true,
  locale: true,
  currency: true,
  accent: true,
  coverPhotos: true,
  keepOriginals: true,
  origins: true,
  consent: true,
  timeZone: true,
  inviteAfter: true,
} as const;

export async function findShopByKey(key: string): Promise<Shop | null> {
  if (!isStorable(key)) return null;
  const row = await getDb().shop.findUnique({ where: { key }, select: columns });
  return row && toShop(row);
}

export async function findShop(shopId: ShopId): Promise<Shop | null> {
  const row = await getDb().shop.findUnique({ where: { id: shopId }, select: columns });
  return row && toShop(row);
}

function toShop({
  id,
  consent,
  ...rest
}: Omit<Shop, "shopId" | "consent"> & { readonly id: string; readonly consent: string }): Shop {
  const level = consentLevels.find((one) => one === consent);
  if (level === undefined) throw new AppError("internal", `"${consent}" is no level of consent`);
  return { shopId: shopIdSchema.parse(id), consent: level, ...rest };
}
