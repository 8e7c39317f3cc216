/**
 * What the shop's pages have told in the last hour, site by site, so that whoever puts our script in sees at once what works and what is
 * still missing (K9). Reads events and orders; judges nothing that it did not see.
 */
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";

const HOUR_MS = 3_600_000;
/** Pages shown; a shop of thousands is not read line by line. */
const MAX_PAGES = 30;
/** Ids that the catalogue does not know: enough to recognise the pattern. */
const MAX_UNKNOWN = 8;

export interface InstallCheck {
  readonly since: Date;
  /** Addresses without their parameters, most seen first. */
  readonly pages: readonly {
    readonly address: string;
    readonly views: number;
    readonly products: number;
    readonly lastAt: Date;
  }[];
  /** How many different ones there were. */
  readonly pageCount: number;
  /** Each of the shop's own origins in its order, then others from which something came. */
  readonly sites: readonly SeenSite[];
  /** Views of visitors who agreed to nothing more: without an address. */
  readonly anonymousViews: number;
  readonly products: Seen;
  readonly carts: Seen;
  readonly orders: {
    /** Told by pages and not proven by the shop's server, within the hour. */
    readonly claimed: number;
    readonly confirmed: number;
    /** Of all time; null: never. */
    readonly lastConfirmedAt: Date | null;
  };
  /** Visitors of the hour whom the shop's server vouched for. */
  readonly persons: number;
}

interface SeenSite {
  /** "https://shop.example" */
  readonly origin: string;
  readonly views: number;
  readonly products: number;
  /** Within the hour; null: nothing came that says it is from here. */
  readonly lastAt: Date | null;
}

interface Seen {
  readonly told: number;
  /** The shop's ids that the catalogue does not know. */
  readonly unknown: readonly string[];
  /** Of all time; null: never. */
  readonly lastAt: Date | null;
}

interface PageRow {
  readonly address: string;
  readonly views: number;
  readonly products: number;
  readonly lastAt: Date;
  readonly pageCount: number;
}

export async function loadInstallCheck(shopId: ShopId, now: Date): Promise<InstallCheck> {
  const db = getDb();
  const since = new Date(now.getTime() - HOUR_MS);
  const recent = { shopId, source: "browser", receivedAt: { gte: since } };
  const lastOf = (type: string) =>
    db.event
      .findFirst({ where: { shopId, type, source: "browser" }, orderBy: { occurredAt: "desc" } })
      .then((event) => event?.receivedAt ?? null);
  const [pages, sites, anonymousViews, products, unknownProducts, lastProduct] = await Promise.all([
    listPages(shopId, since),
    listSites(shopId, since),
    db.event.count({ where: { ...recent, type: "page_viewed", visitorId: null } }),
    db.event.count({ where: { ...recent, type: "product_viewed" } }),
    db.event.findMany({
      where: { ...recent, type: "product_viewed", productId: null, visitorId: { not: null } },
      distinct: ["externalId"],
      select: { externalId: true },
      take: MAX_UNKNOWN,
    }),
    lastOf("product_viewed"),
  ]);
  const [carts, unknownInCarts, lastCart] = await Promise.all([
    db.event.count({ where: { ...recent, type: "cart_changed" } }),
    listUnknownInCarts(shopId, since),
    lastOf("cart_changed"),
  ]);
  const confirmed = { shopId, confirmedAt: { not: null } };
  const [orders, lastConfirmed, persons] = await Promise.all([
    db.order.findMany({ where: { shopId, placedAt: { gte: since } }, select: { confirmedAt: true } }),
    db.order.findFirst({ where: confirmed, orderBy: { confirmedAt: "desc" }, select: { confirmedAt: true } }),
    db.visitor.count({ where: { shopId, personId: { not: null }, lastSeenAt: { gte: since } } }),
  ]);
  const confirmedCount = orders.filter((order) => order.confirmedAt !== null).length;
  return {
    since,
    pages: pages.map(({ pageCount: _, ...page }) => page),
    pageCount: pages[0]?.pageCount ?? 0,
    sites,
    anonymousViews,
    products: {
      told: products,
      unknown: unknownProducts.flatMap(({ externalId }) => externalId ?? []),
      lastAt: lastProduct,
    },
    carts: { told: carts, unknown: unknownInCarts, lastAt: lastCart },
    orders: {
      claimed: orders.length - confirmedCount,
      confirmed: confirmedCount,
      lastConfirmedAt: lastConfirmed?.confirmedAt ?? null,
    },
    persons,
  };
}

/** By `receivedAt`: whoever tries it out wants to see what came in now, whatever the page's clock says. */
async function listPages(shopId: ShopId, since: Date): Promise<PageRow[]> {
  return getDb().$queryRaw<PageRow[]>`
    SELECT split_part("data"->>'url', '?', 1) AS "address",
      count(*) FILTER (WHERE "type" = 'page_viewed')::int AS "views",
      count(*) FILTER (WHERE "type" = 'product_viewed')::int AS "products",
      max("receivedAt") AS "lastAt", count(*) OVER ()::int AS "pageCount"
    FROM "Event"
    WHERE "shopId" = ${shopId} AND "source" = 'browser' AND "type" IN ('page_viewed', 'product_viewed')
      AND "occurredAt" >= ${since} AND "receivedAt" >= ${since} AND "data"->>'url' <> ''
    GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT ${MAX_PAGES}`;
}

async function listSites(shopId: ShopId, since: Date): Promise<SeenSite[]> {
  const db = getDb();
  const [shop, seen] = await Promise.all([
    db.shop.findUniqueOrThrow({ where: { id: shopId }, select: { origins: true } }),
    db.$queryRaw<SeenSite[]>`
      SELECT substring("data"->>'url' FROM '^https?://[^/?#]+') AS "origin",
        count(*) FILTER (WHERE "type" = 'page_viewed')::int AS "views",
        count(*) FILTER (WHERE "type" = 'product_viewed')::int AS "products", max("receivedAt") AS "lastAt"
      FROM "Event"
      WHERE "shopId" = ${shopId} AND "source" = 'browser' AND "type" IN ('page_viewed', 'product_viewed')
        AND "occurredAt" >= ${since} AND "receivedAt" >= ${since} AND "data"->>'url' ~ '^https?://'
      GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT ${MAX_PAGES}`,
  ]);
  const own = shop.origins.map(
    (origin) =>
      seen.find((site) => site.origin === origin) ?? { origin, views: 0, products: 0, lastAt: null },
  );
  return [...own, ...seen.filter(({ origin }) => !shop.origins.includes(origin))];
}

/** Of all carts of the hour. Lines as ./internal/claimed-rows stores them. */
async function listUnknownInCarts(shopId: ShopId, since: Date): Promise<string[]> {
  const rows = await getDb().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT line->>'externalId' AS "id"
    FROM "Event", jsonb_array_elements("data"->'lines') AS line
    WHERE "shopId" = ${shopId} AND "source" = 'browser' AND "type" = 'cart_changed' AND "receivedAt" >= ${since}
      AND line->>'productId' IS NULL
    ORDER BY 1 LIMIT ${MAX_UNKNOWN}`;
  return rows.map(({ id }) => id);
}
