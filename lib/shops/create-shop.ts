import { randomBytes } from "node:crypto";
import { getDb } from "@/lib/db/client";
import type { Locale } from "@/lib/protocol/locales";
import { findShopByKey, type Shop } from "./find-shop";

/** 96 bits: a key grants nothing, but two shops must never share one. */
const KEY_BYTES = 12;

const KEY_PREFIX = "vt_";
export const DEMO_KEY_PREFIX = "demo_";

export interface NewShop {
  readonly name: string;
  readonly locale?: Locale;
  readonly origins?: readonly string[];
  readonly accent?: string;
  /** The shop of an embedded installation's demo; its key says so. */
  readonly demo?: boolean;
  /** Customers may show their page. */
  readonly mirror?: boolean;
}

export async function createShop({
  name,
  locale,
  origins = [],
  accent,
  demo = false,
  mirror = false,
}: NewShop): Promise<Shop> {
  const key = `${demo ? DEMO_KEY_PREFIX : KEY_PREFIX}${randomBytes(KEY_BYTES).toString("hex")}`;
  await getDb().shop.create({
    data: {
      key,
      name,
      origins: [...origins],
      mirrorMode: mirror ? "on" : "off",
      ...(locale && { locale }),
      ...(accent && { accent }),
    },
  });
  const shop = await findShopByKey(key);
  if (!shop) throw new Error("the shop that was just made is not there");
  return shop;
}
