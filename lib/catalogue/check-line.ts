/** What a variant costs now, and whether so many of it can be bought: asked again right before it goes into a cart. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { isStorable } from "@/lib/protocol/storable";
import { ConnectionProblem } from "./adapters/connection-problem";
import { findLive, type OpenConnection } from "./adapters/live-connection";
import { noteOutcome } from "./adapters/note-outcome";
import type { LiveProduct, LiveVariant } from "./adapters/port";
import { retireLive, writeLive } from "./adapters/write-live";
import type { CatalogueView } from "./catalogue-view";

export type Checked =
  | {
      readonly ok: true;
      /** Minor units of one piece. */
      readonly unitMinor: number;
      readonly currency: string;
    }
  | { readonly ok: false; readonly reason: "gone" | "out_of_stock"; readonly available: null }
  | { readonly ok: false; readonly reason: "not_enough"; readonly available: number };

interface Offer {
  readonly currency: string;
  readonly priceMinor: number;
  readonly saleMinor: number | null;
  readonly availability: string;
  /** Pieces; null when nobody counts. */
  readonly stock: number | null;
}

/**
 * Asks the shop's own system where it is connected, else our tables.
 *
 * @param externalId the shop's own id of the variant
 * @throws AppError unavailable when the shop's system cannot say, whatever the reason: that is its admin's to read
 */
export async function checkLine(view: CatalogueView, externalId: string, quantity: number): Promise<Checked> {
  const none = { ok: false, reason: "gone", available: null } as const;
  if (!isStorable(externalId)) return none;
  const stored = await findStored(view, externalId);
  const live = await findLive(view).catch(unavailable);
  if (live === null) return stored?.product.active ? judge(stored, quantity) : none;
  const productId = stored?.product.externalId ?? externalId;
  const product = await askOnce(products, JSON.stringify([keyOf(view), productId]), () =>
    askLive(view, live, productId),
  );
  const offer =
    product?.variants.find((variant) => variant.externalId === externalId) ??
    (product?.whole === false
      ? await askOnce(variants, JSON.stringify([keyOf(view), productId, externalId]), () =>
          askVariant(view, live, productId, externalId),
        )
      : null);
  return offer ? judge({ ...offer, stock: offer.quantity }, quantity) : none;
}

/** As our tables have it, with what the shop calls its product. */
async function findStored({ shopId, storefront }: CatalogueView, externalId: string) {
  const product = { select: { active: true, externalId: true } };
  if (storefront === null) {
    return getDb().variant.findUnique({
      where: { shopId_externalId: { shopId, externalId } },
      include: { product },
    });
  }
  const { storefrontId } = storefront;
  const row = await getDb().variantVersion.findUnique({
    where: { storefrontId_externalId: { storefrontId, externalId } },
    include: { version: product },
  });
  return row && { ...row, product: row.version };
}

const keyOf = ({ shopId, storefront }: CatalogueView) => `${shopId} ${storefront?.storefrontId ?? ""}`;

/** The product as the shop's system has it now; null when it has none. Our tables learn it. */
async function askLive(
  view: CatalogueView,
  live: OpenConnection,
  productId: string,
): Promise<LiveProduct | null> {
  const product = await live.platform.product(productId).catch(async (error: unknown) => {
    await noteOutcome(view.shopId, live.lastError, error);
    return unavailable(error);
  });
  await noteOutcome(view.shopId, live.lastError, null);
  if (product === null) await retireLive(view, productId);
  else await writeLive(view, live, [product]);
  return product;
}

/** One of more variants than the answer about their product held; null when it is none of them. */
async function askVariant(
  view: CatalogueView,
  live: OpenConnection,
  productId: string,
  externalId: string,
): Promise<LiveVariant | null> {
  const found = live.platform.variant?.(productId, externalId) ?? Promise.resolve(null);
  return found.catch(async (error: unknown) => {
    await noteOutcome(view.shopId, live.lastError, error);
    return unavailable(error);
  });
}

const products = new Map<string, Promise<LiveProduct | null>>();
const variants = new Map<string, Promise<LiveVariant | null>>();

/** However many yeses come at once, the shop's system is asked once. */
function askOnce<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const under = asked.get(key);
  if (under) return under;
  const answer = ask().finally(() => asked.delete(key));
  asked.set(key, answer);
  return answer;
}

function unavailable(error: unknown): never {
  if (!(error instanceof ConnectionProblem)) throw error;
  throw new AppError("unavailable", error.message, { cause: error });
}

function judge({ availability, stock, saleMinor, priceMinor, currency }: Offer, quantity: number): Checked {
  if (availability === "out_of_stock") return { ok: false, reason: "out_of_stock", available: null };
  // What is made or sent later is not counted by what lies there now.
  if (availability === "in_stock" && stock !== null && stock < quantity) {
    return stock <= 0
      ? { ok: false, reason: "out_of_stock", available: null }
      : { ok: false, reason: "not_enough", available: stock };
  }
  return { ok: true, unitMinor: saleMinor ?? priceMinor, currency };
}
