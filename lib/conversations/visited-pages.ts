/** Where visitors are and what they looked at, from the events their pages claimed. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import type { VisitedPage } from "@/lib/protocol/desk";
import { type ProductFace, productFaces } from "./product-faces";

const claimSchema = z.object({ url: z.string(), title: z.string() });

interface Row {
  readonly visitorId: string;
  readonly productId: string | null;
  readonly data: unknown;
  readonly occurredAt: Date;
}

/** The page each visitor is on: her last view, of a page or of a product. */
export async function currentPages(visitorIds: readonly string[]): Promise<ReadonlyMap<string, VisitedPage>> {
  if (visitorIds.length === 0) return new Map();
  // A product page tells both page_viewed and product_viewed in one batch; of equal times the product says more.
  const rows = await getDb().$queryRaw<Row[]>`
    SELECT DISTINCT ON ("visitorId") "visitorId", "productId", "data", "occurredAt" FROM "Event"
    WHERE "visitorId" = ANY(${[...visitorIds]}) AND "type" IN ('page_viewed', 'product_viewed')
    ORDER BY "visitorId", date_trunc('second', "occurredAt") DESC, "type" DESC, "occurredAt" DESC`;
  const faces = await productFaces(rows.map((row) => row.productId));
  return new Map(rows.map((row) => [row.visitorId, pageOf(row, faces)]));
}

/** Views read back for one trail. */
const TRAIL_EVENTS = 300;
/** Products shown in it. */
const TRAIL_PRODUCTS = 40;

/** Products that a customer viewed at any of her browsers, newest first; looking at one again moves it up instead of repeating it (CO17). */
export async function viewedProducts(visitorIds: readonly string[]): Promise<VisitedPage[]> {
  const rows = await getDb().event.findMany({
    where: { visitorId: { in: [...visitorIds] }, type: "product_viewed" },
    orderBy: { occurredAt: "desc" },
    take: TRAIL_EVENTS,
    select: { productId: true, externalId: true, data: true, occurredAt: true },
  });
  const seen = new Set<string>();
  const firsts = rows.filter((row) => {
    const key = row.productId ?? `unknown:${row.externalId ?? ""}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const shown = firsts.slice(0, TRAIL_PRODUCTS);
  const faces = await productFaces(shown.map((row) => row.productId));
  return shown.map((row) => pageOf(row, faces));
}

function pageOf(row: Omit<Row, "visitorId">, faces: ReadonlyMap<string, ProductFace>): VisitedPage {
  const claim = claimSchema.safeParse(row.data);
  const { url, title } = claim.success ? claim.data : { url: "", title: "" };
  const product = row.productId === null ? null : (faces.get(row.productId) ?? null);
  return { at: row.occurredAt.getTime(), url, title, product };
}
