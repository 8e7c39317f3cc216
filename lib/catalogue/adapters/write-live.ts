/**
 * What a live adapter answered, written to our own tables by the shop's ids: so panel, cards, events and reports know
 * products that only the shop's system had. A short form changes what it says and takes nothing away.
 */
import { getDb } from "@/lib/db/client";
import { type ProductId, productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { wishPictures } from "../pictures/wish-pictures";
import {
  type Availability,
  availabilities,
  type ProductInput,
  type VariantInput,
  writeProduct,
} from "../write-product";
import type { OpenConnection } from "./live-connection";
import type { LiveProduct, LiveVariant } from "./port";

/** Products of one connection of which we remember what was written. */
const MAX_REMEMBERED = 5_000;
/** Pictures of one product that are fetched. */
const MAX_PICTURES = 20;

/** @returns our ids of them, by the shop's */
export async function writeLive(
  shopId: ShopId,
  { written }: Pick<OpenConnection, "written">,
  products: readonly LiveProduct[],
): Promise<ReadonlyMap<string, ProductId>> {
  const each = [...new Map(products.map((product) => [product.externalId, product])).values()];
  const before = await rowsOf(shopId, each);
  for (const product of each) {
    const text = JSON.stringify(product);
    const known = before.get(product.externalId);
    // Retired, or written by a feed since: what we wrote is not there any more.
    const isThere = known?.active && known.contentHash === null;
    if (isThere && written.get(product.externalId) === text) continue;
    await writeOne(shopId, product, known !== undefined);
    written.delete(product.externalId);
    written.set(product.externalId, text);
    const [oldest] = written.keys();
    if (written.size > MAX_REMEMBERED && oldest !== undefined) written.delete(oldest);
  }
  const after = await rowsOf(shopId, each);
  return new Map([...after].map(([externalId, { id }]) => [externalId, productIdSchema.parse(id)]));
}

/** The shop's system has it no more: it is kept, and no longer found. What a feed brought is that feed's to take back. */
export async function retireLive(shopId: ShopId, externalId: string): Promise<void> {
  const where = { shopId, externalId, active: true, sourceId: null };
  await getDb().product.updateMany({ where, data: { active: false, contentHash: null } });
}

async function rowsOf(shopId: ShopId, products: readonly LiveProduct[]) {
  const rows = await getDb().product.findMany({
    where: { shopId, externalId: { in: products.map(({ externalId }) => externalId) } },
    select: { id: true, externalId: true, active: true, contentHash: true },
  });
  return new Map(rows.map((row) => [row.externalId, row]));
}

async function writeOne(shopId: ShopId, product: LiveProduct, known: boolean): Promise<void> {
  const input = known && !product.whole ? await merged(shopId, product) : toInput(product);
  const result = await writeProduct(shopId, input);
  // A list's small picture does not take the place of those that a product has.
  const urls = product.whole || !known ? product.pictures.slice(0, MAX_PICTURES).map(({ url }) => url) : [];
  if (result === "unchanged" && urls.length === 0) return;
  const where = { shopId_externalId: { shopId, externalId: product.externalId } };
  await getDb().$transaction(async (tx) => {
    const { id } = await tx.product.update({ where, data: { contentHash: null }, select: { id: true } });
    await wishPictures(tx, shopId, [{ productId: id, urls }]);
  });
}

function toInput({
  externalId,
  title,
  description,
  url,
  brand,
  category,
  variants,
}: LiveProduct): ProductInput {
  return { externalId, title, description, url, brand, category, variants: variants.map(toVariant) };
}

function toVariant({ sku, barcode, quantity, ...variant }: LiveVariant): VariantInput {
  const digits = barcode.replace(/\D/g, "");
  const counted = {
    ...variant,
    stock: quantity,
    sku: sku === variant.externalId ? "" : sku,
    gtin: /^\d{8,14}$/.test(digits) ? digits : "",
  };
  return counted;
}

/** What the short form says, over what is known. */
async function merged(shopId: ShopId, product: LiveProduct): Promise<ProductInput> {
  const { externalId } = product;
  const stored = await getDb().product.findUniqueOrThrow({
    where: { shopId_externalId: { shopId, externalId } },
    include: { variants: { orderBy: { position: "asc" } } },
  });
  const said = toInput(product);
  // Its one variant stands for all of them, unless the product has no other.
  const same = stored.variants.every((variant) =>
    said.variants.some((one) => one.externalId === variant.externalId),
  );
  return {
    externalId,
    title: said.title || stored.title,
    description: said.description || stored.description,
    url: said.url || stored.url,
    brand: said.brand || stored.brand,
    category: said.category || stored.category,
    variants: same
      ? said.variants
      : stored.variants.map(({ id: _, productId: _of, shopId: _shop, position: _at, ...variant }) => ({
          ...variant,
          availability: availabilityOf(variant.availability),
        })),
  };
}

function availabilityOf(text: string): Availability {
  return availabilities.find((known) => known === text) ?? "in_stock";
}
