/** Products as lists of them need them, in one statement: the client's own way of loading relations costs ten times as much. */
import { getDb, Prisma } from "@/lib/db/client";
import type { CatalogueView } from "./catalogue-view";
import type { CardRow } from "./product-row";
import { findVersions } from "./versions";

export interface CatalogueRow extends CardRow {
  readonly brand: string;
  readonly category: string;
}

/** Active products of the view, in the order of the ids; what is not among them is left out. */
export async function loadRows(view: CatalogueView, ids: readonly string[]): Promise<CatalogueRow[]> {
  if (ids.length === 0) return [];
  const { shopId, storefront } = view;
  // Another storefront may have what the shop's own has not.
  const onlyActive = storefront === null ? Prisma.sql`AND p."active"` : Prisma.empty;
  const rows = await getDb().$queryRaw<CatalogueRow[]>`
    SELECT p."id", p."externalId", p."title", p."url", p."brand", p."category", p."active",
      json_build_object('currency', s."currency") AS shop,
      coalesce((SELECT json_agg(v ORDER BY v."position") FROM "Variant" v WHERE v."productId" = p."id"), '[]') AS variants,
      coalesce((
        SELECT json_agg(json_build_object('assetId', i."assetId", 'alt', i."alt", 'asset', a) ORDER BY i."position")
        FROM "ProductPicture" i JOIN "Asset" a ON a."id" = i."assetId" WHERE i."productId" = p."id"
      ), '[]') AS pictures
    FROM "Product" p JOIN "Shop" s ON s."id" = p."shopId"
    WHERE p."shopId" = ${shopId} ${onlyActive} AND p."id" = ANY(${[...ids]})`;
  const versionOf = await findVersions(view, ids);
  const seen = rows.map((row): CatalogueRow => ({ ...row, ...versionOf(row.id) }));
  const byId = new Map(seen.filter(({ active }) => active).map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
