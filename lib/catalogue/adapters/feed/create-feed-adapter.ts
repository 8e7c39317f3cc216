/** Our own tables behind the port: what feeds brought in. They know no carts, no customers and no orders of the shop's. */
import { getDb, type Prisma } from "@/lib/db/client";
import { noFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { ownCatalogue } from "../../catalogue-view";
import { stillOnly } from "../../product-row";
import { findRelated } from "../../related";
import { searchProducts } from "../../search";
import { availabilities } from "../../write-product";
import type { LiveFacet, LiveProduct, LiveQuery, PlatformAdapter } from "../port";

export function createFeedAdapter(shopId: ShopId): PlatformAdapter {
  async function load(ids: readonly string[]): Promise<LiveProduct[]> {
    const rows = await getDb().product.findMany({ where: { shopId, id: { in: [...ids] } }, include });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [toLive(row)] : [];
    });
  }

  async function find(externalId: string) {
    if (!isStorable(externalId)) return null;
    return getDb().product.findFirst({ where: { shopId, externalId, active: true }, include });
  }

  return {
    kind: "feed",
    filters: ["brand", "category", "price", "inStock"],
    async info() {
      const products = await getDb().product.count({ where: { shopId, active: true } });
      return { platform: "Vetrina", version: "", products, currency: null, missingRights: [] };
    },
    async search(query) {
      const { products, total, hasMore, facets } = await searchProducts(ownCatalogue(shopId), {
        query: query.words,
        sort: "best",
        filters: filtersOf(query),
        page: { limit: query.pageSize, offset: (query.page - 1) * query.pageSize },
        withFacets: true,
      });
      const choices = ([filter, found]: readonly ["brand" | "category", Choices | undefined]): LiveFacet[] =>
        found === undefined || found.length === 0
          ? []
          : [
              {
                filter,
                label: "",
                options: found.map(({ value, count }) => ({ value, label: value, count })),
              },
            ];
      return {
        products: await load(products.map(({ id }) => id)),
        total,
        hasMore,
        facets: [...choices(["category", facets?.categories]), ...choices(["brand", facets?.brands])],
      };
    },
    async product(externalId) {
      const row = await find(externalId);
      return row && toLive(row);
    },
    async related(externalId) {
      const row = await find(externalId);
      return row
        ? load((await findRelated(ownCatalogue(shopId), row)).map(({ productId }) => productId))
        : [];
    },
  };
}

type Choices = readonly { readonly value: string; readonly count: number | null }[];

const include = {
  variants: { orderBy: { position: "asc" } },
  pictures: { where: stillOnly, orderBy: { position: "asc" } },
} as const satisfies Prisma.ProductInclude;

type Row = Prisma.ProductGetPayload<{ include: typeof include }>;

function toLive(row: Row): LiveProduct {
  const { externalId, title, description, url, brand, category } = row;
  return {
    externalId,
    title,
    description,
    url,
    brand,
    category,
    variants: row.variants.map((variant) => ({
      externalId: variant.externalId,
      title: variant.title,
      color: variant.color,
      size: variant.size,
      sku: variant.sku,
      barcode: variant.gtin,
      currency: variant.currency,
      priceMinor: variant.priceMinor,
      saleMinor: variant.saleMinor,
      availability: availabilities.find((known) => known === variant.availability) ?? "in_stock",
      quantity: variant.stock,
    })),
    pictures: row.pictures.map(({ sourceUrl, alt }) => ({ url: sourceUrl, alt })),
    whole: true,
  };
}

function filtersOf({ brand, category, minMinor, maxMinor, inStock }: LiveQuery) {
  return {
    ...noFilters,
    brands: brand === undefined ? [] : [brand],
    category: category ?? null,
    minMinor: minMinor ?? null,
    maxMinor: maxMinor ?? null,
    inStock: inStock ?? false,
  };
}
