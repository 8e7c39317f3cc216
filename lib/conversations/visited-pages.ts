/** Where visitors are and what they looked at, from the events their pages claimed. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import type { TrailedProduct, VisitedPage } from "@/lib/protocol/desk";
import { type ProductFace, productFaces } from "./product-faces";
import { stays } from "./stays";

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

/** Views of pages and products read back for one trail. */
const TRAIL_EVENTS = 600;
/** Products shown in it. */
const TRAIL_PRODUCTS = 40;

/**
 * Products that a customer viewed at any of her browsers, newest first; looking at one again moves it up instead of
 * repeating it (CO17), and adds to how long she looked at it (CO97).
 */
export async function viewedProducts(visitorIds: readonly string[]): Promise<TrailedProduct[]> {
  const rows = await getDb().event.findMany({
    where: { visitorId: { in: [...visitorIds] }, type: { in: ["page_viewed", "product_viewed"] } },
    orderBy: { occurredAt: "desc" },
    take: TRAIL_EVENTS,
    select: { type: true, visitorId: true, productId: true, externalId: true, data: true, occurredAt: true },
  });
  const looks = rows.map((row) => ({
    ...row,
    key: row.type === "product_viewed" ? (row.productId ?? `unknown:${row.externalId ?? ""}`) : null,
    url: claimOf(row.data).url,
  }));
  const stayed = stays(looks);
  const firsts = new Map<string, (typeof looks)[number]>();
  for (const look of looks) if (look.key !== null && !firsts.has(look.key)) firsts.set(look.key, look);
  const shown = [...firsts].slice(0, TRAIL_PRODUCTS);
  const faces = await productFaces(shown.map(([, look]) => look.productId));
  return shown.map(([key, look]) => ({ ...pageOf(look, faces), stayedMs: stayed.get(key) ?? 0 }));
}

function claimOf(data: unknown) {
  const claim = claimSchema.safeParse(data);
  return claim.success ? claim.data : { url: "", title: "" };
}

function pageOf(row: Omit<Row, "visitorId">, faces: ReadonlyMap<string, ProductFace>): VisitedPage {
  const { url, title } = claimOf(row.data);
  const product = row.productId === null ? null : (faces.get(row.productId) ?? null);
  return { at: row.occurredAt.getTime(), url, title, product };
}
