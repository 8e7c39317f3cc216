/**
 * Through whose eyes a catalogue is read: the shop's own storefront, whose words and prices are the products themselves,
 * or a further one, whose are versions of them (decision 55). Whoever reads for somebody names the view; the SQL of both
 * is the same but for the table.
 */
import { getDb, Prisma } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";

export interface CatalogueView {
  readonly shopId: ShopId;
  /** Null: the shop's own. */
  readonly storefront: ViewStorefront | null;
}

export interface ViewStorefront {
  readonly storefrontId: string;
  /** BCP 47 */
  readonly locale: string;
  /** ISO 4217 */
  readonly currency: string;
}

export const ownCatalogue = (shopId: ShopId): CatalogueView => ({ shopId, storefront: null });

/** The view of a storefront of this shop; the shop's own without one, and for one that is not (any more) the shop's. */
export async function findView(shopId: ShopId, storefrontId: string | null): Promise<CatalogueView> {
  if (storefrontId === null) return ownCatalogue(shopId);
  const row = await getDb().storefront.findFirst({
    where: { id: storefrontId, shopId },
    select: { id: true, locale: true, currency: true },
  });
  return { shopId, storefront: row && { storefrontId: row.id, locale: row.locale, currency: row.currency } };
}

export interface ViewTable {
  /** Of the variants, whose rows have a product's id, too. */
  readonly variants: Prisma.Sql;
  /** With the alias `p`. */
  readonly from: Prisma.Sql;
  /** The product's id. */
  readonly id: Prisma.Sql;
  readonly isOfView: Prisma.Sql;
  /** With the alias `v`. */
  readonly isVariantOfView: Prisma.Sql;
}

/** Where the products of a view lie. */
export function tableOf({ shopId, storefront }: CatalogueView): ViewTable {
  if (storefront === null) {
    return {
      from: Prisma.sql`"Product" p`,
      variants: Prisma.sql`"Variant"`,
      id: Prisma.sql`p."id"`,
      isOfView: Prisma.sql`p."shopId" = ${shopId}`,
      isVariantOfView: Prisma.sql`v."shopId" = ${shopId}`,
    };
  }
  return {
    from: Prisma.sql`"ProductVersion" p`,
    variants: Prisma.sql`"VariantVersion"`,
    id: Prisma.sql`p."productId"`,
    isOfView: Prisma.sql`p."storefrontId" = ${storefront.storefrontId}`,
    isVariantOfView: Prisma.sql`v."storefrontId" = ${storefront.storefrontId}`,
  };
}
