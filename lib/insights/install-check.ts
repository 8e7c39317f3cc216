/**
 * What the shop's pages have told in the last hour, so that whoever puts our script in sees at once what works and what is
 * still missing (K9). Reads events and orders; judges nothing that it did not see.
 */
import * as z from "zod/mini";
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
  const [pages, anonymousViews, products, unknownProducts, lastProduct, carts, lastCart] = await Promise.all([
    listPages(shopId, since),
    db.event.count({ where: { ...recent, type: "page_viewed", visitorId: null } }),
    db.event.count({ where: { ...recent, type: "product_viewed" } }),
    db.event.findMany({
      where: { ...recent, type: "product_viewed", productId: null, visitorId: { not: null } },
      distinct: ["externalId"],
      select: { externalId: true },
      take: MAX_UNKNOWN,
    }),
    lastOf("product_viewed"),
    db.event.findMany({
      where: { ...recent, type: "cart_changed" },
      orderBy: { occurredAt: "desc" },
      select: { data: true },
      take: 100,
    }),
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
    anonymousViews,
    products: {
      told: products,
      unknown: unknownProducts.flatMap(({ externalId }) => externalId ?? []),
      lastAt: lastProduct,
    },
    carts: { told: carts.length, unknown: unknownIn(carts.map(({ data }) => data)), lastAt: lastCart },
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

/** As ./internal/claimed-rows stores a cart. */
const cartSchema = z.object({
  lines: z.array(z.object({ externalId: z.string(), productId: z.nullable(z.string()) })),
});

function unknownIn(carts: readonly unknown[]): string[] {
  const ids = carts.flatMap((data) => {
    const cart = cartSchema.safeParse(data);
    return cart.success ? cart.data.lines.filter((line) => line.productId === null) : [];
  });
  return [...new Set(ids.map((line) => line.externalId))].slice(0, MAX_UNKNOWN);
}
