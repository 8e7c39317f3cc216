/**
 * Which storefront a page of the shop belongs to. Its origin decides, which browsers put into requests and pages cannot
 * forge; the page's language only chooses among storefronts that share the origin.
 */
import { getDb } from "@/lib/db/client";
import type { ShopId, VisitorId } from "@/lib/protocol/ids";
import { type CatalogueView, findView } from "../catalogue-view";

interface ShopPage {
  /** Empty when unknown: then it is a page of the shop's own storefront, whatever language it claims. */
  readonly origin: string;
  /** A language tag, by the page's own word. */
  readonly locale: string;
}

interface Candidate {
  /** Null: the shop's own. */
  readonly id: string | null;
  readonly locale: string;
}

/** @param storefronts in the order of their making, without the shop's own. @returns null for the shop's own */
export function resolveStorefront(
  storefronts: readonly {
    readonly id: string;
    readonly locale: string;
    readonly origins: readonly string[];
  }[],
  shopLocale: string,
  page: ShopPage,
): string | null {
  if (page.origin === "") return null;
  const named = storefronts.filter(({ origins }) => origins.includes(page.origin));
  const own: Candidate = { id: null, locale: shopLocale };
  const candidates: Candidate[] =
    named.length > 0 ? named : [own, ...storefronts.filter(({ origins }) => origins.length === 0)];
  const speaks = (same: (tag: string) => string) =>
    candidates.find(({ locale }) => same(locale) === same(page.locale));
  return (speaks((tag) => tag.toLowerCase()) ?? speaks(languageOf) ?? candidates[0] ?? own).id;
}

const languageOf = (tag: string) => tag.split("-")[0]?.toLowerCase() ?? "";

interface PageVisitor {
  readonly shopId: ShopId;
  readonly visitorId: VisitorId;
}

/**
 * Of the page on which a visitor is. For a shop without storefronts one look into an index.
 * @param locale of the page, by its own word
 */
export async function findStorefrontOf(
  { shopId, visitorId }: PageVisitor,
  locale: string,
): Promise<string | null> {
  const storefronts = await getDb().storefront.findMany({
    where: { shopId },
    orderBy: { id: "asc" },
    select: { id: true, locale: true, origins: true, shop: { select: { locale: true } } },
  });
  const [first] = storefronts;
  if (first === undefined) return null;
  const where = { id: visitorId, shopId };
  const visitor = await getDb().visitor.findFirst({ where, select: { origin: true } });
  return resolveStorefront(storefronts, first.shop.locale, { origin: visitor?.origin ?? "", locale });
}

/** What a visitor may see before she has a conversation. */
export async function viewOfVisitor(visitor: PageVisitor, locale: string): Promise<CatalogueView> {
  return findView(visitor.shopId, await findStorefrontOf(visitor, locale));
}
