/** A shop's storefronts beside its own: made, changed, deleted by its admins (decision 55). */
import { getDb, Prisma } from "@/lib/db/client";
import { isStillNamed } from "@/lib/db/taken-key";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import {
  type NamedStorefront,
  type Storefront,
  type StorefrontInput,
  storefrontSchema,
} from "@/lib/protocol/storefronts";
import { dropVersions } from "../imports/leave";

/** Countries and languages of one shop; each has its own copy of the catalogue. */
const MAX_STOREFRONTS = 20;

const FED = "feeds are read for this storefront";

const inOrder = { orderBy: { id: "asc" } } as const;

/** In the order of their making, with what they hold: counting takes a look at every version. */
export async function listStorefronts(shopId: ShopId): Promise<readonly Storefront[]> {
  const rows = await getDb().storefront.findMany({
    where: { shopId },
    ...inOrder,
    include: { _count: { select: { sources: true, versions: { where: { active: true } } } } },
  });
  return rows.map(({ id, name, locale, currency, origins, _count }) => ({
    storefrontId: id,
    ...{ name, locale, currency, origins },
    products: _count.versions,
    sources: _count.sources,
  }));
}

/** In the same order. */
export async function nameStorefronts(shopId: ShopId): Promise<readonly NamedStorefront[]> {
  const rows = await getDb().storefront.findMany({ where: { shopId }, ...inOrder });
  return rows.map(({ id, name, locale, currency, origins }) => ({
    storefrontId: id,
    ...{ name, locale, currency, origins },
  }));
}

/** Null when it is not (any more) the shop's. An origin that the shop no longer names is not told, and goes when it is saved. */
export async function findStorefront(
  shopId: ShopId,
  storefrontId: string,
): Promise<(NamedStorefront & { readonly isFed: boolean }) | null> {
  const row = await getDb().storefront.findFirst({
    where: { id: storefrontId, shopId },
    include: { shop: { select: { origins: true } }, _count: { select: { sources: true } } },
  });
  if (row === null) return null;
  const { name, locale, currency, shop } = row;
  const origins = row.origins.filter((origin) => shop.origins.includes(origin));
  return { storefrontId, name, locale, currency, origins, isFed: row._count.sources > 0 };
}

/** @throws AppError bad_request for an origin that is not the shop's, too_many; ZodError */
export async function createStorefront(shopId: ShopId, input: StorefrontInput): Promise<string> {
  const data = await checked(shopId, input);
  if ((await getDb().storefront.count({ where: { shopId } })) >= MAX_STOREFRONTS)
    throw new AppError("too_many", `at most ${MAX_STOREFRONTS} storefronts`);
  return (await getDb().storefront.create({ data: { shopId, ...data }, select: { id: true } })).id;
}

/** @throws AppError not_found, bad_request; ZodError */
export async function updateStorefront(
  shopId: ShopId,
  storefrontId: string,
  input: StorefrontInput,
): Promise<void> {
  const data = await checked(shopId, input);
  const { count } = await getDb().storefront.updateMany({ where: { id: storefrontId, shopId }, data });
  if (count === 0) throw new AppError("not_found", "no such storefront");
}

/**
 * With its versions; the products stay, and conversations that showed it show the shop's own.
 * @throws AppError not_found; conflict while feeds are read for it, which would write into the shop's own
 */
export async function deleteStorefront(shopId: ShopId, storefrontId: string): Promise<void> {
  const fed = await getDb().catalogueSource.count({ where: { shopId, storefrontId } });
  if (fed > 0) throw new AppError("conflict", FED);
  await requireStorefront(shopId, storefrontId);
  // Some hundred at a time, as long as no feed has come; what is left then goes with the storefront.
  await dropVersions(Prisma.sql`"storefrontId" = ${storefrontId}
    AND NOT EXISTS (SELECT 1 FROM "CatalogueSource" WHERE "storefrontId" = ${storefrontId})`);
  const { count } = await getDb()
    .storefront.deleteMany({ where: { id: storefrontId, shopId } })
    .catch((error: unknown) => {
      // A source was given to it a moment ago.
      if (isStillNamed(error)) throw new AppError("conflict", FED, { cause: error });
      throw error;
    });
  if (count === 0) throw new AppError("not_found", "no such storefront");
}

/** @throws AppError not_found */
export async function requireStorefront(shopId: ShopId, storefrontId: string): Promise<void> {
  const found = await getDb().storefront.count({ where: { id: storefrontId, shopId } });
  if (found === 0) throw new AppError("not_found", "no such storefront");
}

async function checked(shopId: ShopId, input: StorefrontInput): Promise<StorefrontInput> {
  const parsed = storefrontSchema.parse(input);
  const shop = await getDb().shop.findUniqueOrThrow({ where: { id: shopId }, select: { origins: true } });
  if (!parsed.origins.every((origin) => shop.origins.includes(origin)))
    throw new AppError("bad_request", "not one of the shop's addresses");
  return { ...parsed, origins: [...new Set(parsed.origins)] };
}
