/** What the desk's catalogue drawer asks: a search, one product, several, and what goes with one. */
import { getDb } from "@/lib/db/client";
import type {
  CatalogueProductDetail,
  CatalogueProducts,
  CatalogueSearchAnswer,
  RelatedProducts,
} from "@/lib/protocol/catalogue-answers";
import { readQuestion } from "@/lib/protocol/catalogue-search";
import { AppError } from "@/lib/protocol/errors";
import { productIdSchema } from "@/lib/protocol/ids";
import { refreshLive } from "./adapters/search-live";
import { catalogueDetail, catalogueProduct } from "./catalogue-product";
import { type CatalogueRow, loadRows } from "./catalogue-row";
import type { CatalogueView } from "./catalogue-view";
import { productRow } from "./product-row";
import { findRelated } from "./related";
import { MAX_TOTAL } from "./search-ranked";
import { searchShop } from "./search-shop";
import { findVersions } from "./versions";

/** Products in one answer, unless asked for fewer. */
const PAGE_PRODUCTS = 24;
const MAX_PAGE_PRODUCTS = 60;
/** Nobody pages further by hand; it bounds what one request can make the database sort and skip. */
const MAX_OFFSET = 2_000;

/** @param asked as it stands in the address, unchecked. @throws AppError bad_request */
export async function loadSearch(
  view: CatalogueView,
  asked: URLSearchParams,
): Promise<CatalogueSearchAnswer> {
  const limit = wholeNumber(asked.get("limit"), PAGE_PRODUCTS, 1, MAX_PAGE_PRODUCTS);
  const offset = wholeNumber(asked.get("cursor"), 0, 0, MAX_OFFSET);
  const found = await searchShop(view, {
    ...readQuestion(asked),
    page: { limit, offset },
    withFacets: asked.get("facets") === "1",
  });
  const nextOffset = offset + limit;
  return {
    products: await Promise.all(found.products.map(catalogueProduct)),
    next: found.hasMore && nextOffset <= MAX_OFFSET ? String(nextOffset) : null,
    total: { count: found.total, more: found.total === MAX_TOTAL },
    guessed: found.guessed,
    facets: found.facets,
    asOf: found.asOf?.getTime() ?? null,
  };
}

/** @throws AppError not_found */
export async function loadProduct(view: CatalogueView, productId: string): Promise<CatalogueProductDetail> {
  const { externalId } = await getRow(view, productId);
  // Price and stock as they are now, where the shop's own system can be asked.
  const live = await refreshLive(view, externalId);
  return catalogueDetail(await getRow(view, productId), live?.asOf ?? null);
}

/** In the order asked for; what is unknown or no longer sold is left out. @throws AppError bad_request */
export async function loadProducts(
  view: CatalogueView,
  asked: readonly string[],
): Promise<CatalogueProducts> {
  if (asked.length > MAX_PAGE_PRODUCTS) throw new AppError("bad_request", "too many products");
  const ids = asked.flatMap((id) => productIdSchema.safeParse(id).data ?? []);
  const rows = await loadRows(view, ids);
  return { products: await Promise.all(rows.map(catalogueProduct)) };
}

/** @throws AppError not_found */
export async function loadRelated(view: CatalogueView, productId: string): Promise<RelatedProducts> {
  const row = await getRow(view, productId);
  const found = await findRelated(view, row);
  const rows = await loadRows(
    view,
    found.map(({ productId }) => productId),
  );
  const related = await Promise.all(
    rows.map(async (each) => {
      const product = await catalogueProduct(each);
      const why = found.find((one) => one.productId === product.productId);
      return why === undefined ? [] : [{ product, reason: why.reason, orders: why.orders }];
    }),
  );
  return { related: related.flat() };
}

interface DetailRow extends CatalogueRow {
  readonly description: string;
  readonly priceFromMinor: number | null;
}

async function getRow(view: CatalogueView, productId: string): Promise<DetailRow> {
  const id = productIdSchema.safeParse(productId);
  const row = id.success
    ? await getDb().product.findFirst({ where: { id: id.data, shopId: view.shopId }, include: productRow })
    : null;
  if (row === null) throw new AppError("not_found", "the shop has no such product");
  return { ...row, ...(await findVersions(view, [row.id]))(row.id) };
}

function wholeNumber(text: string | null, otherwise: number, least: number, most: number): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new AppError("bad_request", `"${text.slice(0, 20)}" is no such number`);
  return Math.min(value, most);
}
