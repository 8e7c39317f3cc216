/**
 * What a live adapter answered, written to our own tables by the shop's ids: so panel, cards, events and reports know
 * products that only the shop's system had. A short form changes what it says and takes nothing away.
 */
import { getDb } from "@/lib/db/client";
import { type ProductId, productIdSchema } from "@/lib/protocol/ids";
import type { CatalogueView, ViewStorefront } from "../catalogue-view";
import { wishPictures } from "../pictures/wish-pictures";
import { writeVersion } from "../storefronts/write-version";
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
  view: CatalogueView,
  { written }: Pick<OpenConnection, "written">,
  products: readonly LiveProduct[],
): Promise<ReadonlyMap<string, ProductId>> {
  const each = [...new Map(products.map((product) => [product.externalId, product])).values()];
  const before = await rowsOf(view, each);
  for (const product of each) {
    const text = JSON.stringify(product);
    const known = before.get(product.externalId);
    // Retired, or written by a feed since: what we wrote is not there any more.
    const isThere = known?.active && known.contentHash === null;
    if (isThere && written.get(product.externalId) === text) continue;
    await writeOne(view, product, known !== undefined);
    written.delete(product.externalId);
    written.set(product.externalId, text);
    const [oldest] = written.keys();
    if (written.size > MAX_REMEMBERED && oldest !== undefined) written.delete(oldest);
  }
  return findWritten(view, each);
}

/** @returns our ids of those that are in our tables, by the shop's */
export async function findWritten(
  view: CatalogueView,
  products: readonly LiveProduct[],
): Promise<ReadonlyMap<string, ProductId>> {
  const rows = await rowsOf(view, products);
  return new Map([...rows].map(([externalId, { id }]) => [externalId, productIdSchema.parse(id)]));
}

/** The shop's system has it no more: it is kept, and no longer found. What a feed brought is that feed's to take back. */
export async function retireLive(view: CatalogueView, externalId: string): Promise<void> {
  const { shopId, storefront } = view;
  const where = { externalId, active: true, sourceId: null };
  const data = { active: false, contentHash: null };
  if (storefront === null) await getDb().product.updateMany({ where: { shopId, ...where }, data });
  else {
    const { storefrontId } = storefront;
    await getDb().productVersion.updateMany({ where: { shopId, storefrontId, ...where }, data });
  }
}

async function rowsOf(view: CatalogueView, products: readonly LiveProduct[]) {
  const { shopId, storefront } = view;
  const where = { shopId, externalId: { in: products.map(({ externalId }) => externalId) } };
  const select = { externalId: true, active: true, contentHash: true };
  const rows =
    storefront === null
      ? await getDb().product.findMany({ where, select: { ...select, id: true } })
      : (
          await getDb().productVersion.findMany({
            where: { ...where, storefrontId: storefront.storefrontId },
            select: { ...select, productId: true },
          })
        ).map(({ productId, ...row }) => ({ ...row, id: productId }));
  return new Map(rows.map((row) => [row.externalId, row]));
}

async function writeOne(view: CatalogueView, product: LiveProduct, known: boolean): Promise<void> {
  const input = known && !product.whole ? await merged(view, product) : toInput(product);
  const { shopId, storefront } = view;
  if (storefront !== null) return writeThere(shopId, storefront, product, input);
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

/** Of what no other storefront had the pictures come along; those of the others are the shop's own to say. */
async function writeThere(
  shopId: CatalogueView["shopId"],
  storefront: ViewStorefront,
  { pictures }: LiveProduct,
  input: ProductInput,
): Promise<void> {
  const { productId, isNew } = await writeVersion(shopId, storefront, input);
  if (!isNew) return;
  const urls = pictures.slice(0, MAX_PICTURES).map(({ url }) => url);
  await getDb().$transaction((tx) => wishPictures(tx, shopId, [{ productId, urls }]));
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
async function merged(view: CatalogueView, product: LiveProduct): Promise<ProductInput> {
  const { externalId } = product;
  const stored = await getStored(view, externalId);
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
      : stored.variants.map((variant) => ({
          externalId: variant.externalId,
          title: variant.title,
          color: variant.color,
          size: variant.size,
          currency: variant.currency,
          priceMinor: variant.priceMinor,
          saleMinor: variant.saleMinor,
          availability: availabilityOf(variant.availability),
          stock: variant.stock,
          sku: variant.sku,
          gtin: variant.gtin,
          mpn: variant.mpn,
        })),
  };
}

function getStored({ shopId, storefront }: CatalogueView, externalId: string) {
  const include = { variants: { orderBy: { position: "asc" } } } as const;
  return storefront === null
    ? getDb().product.findUniqueOrThrow({ where: { shopId_externalId: { shopId, externalId } }, include })
    : getDb().productVersion.findUniqueOrThrow({
        where: { storefrontId_externalId: { storefrontId: storefront.storefrontId, externalId } },
        include,
      });
}

function availabilityOf(text: string): Availability {
  return availabilities.find((known) => known === text) ?? "in_stock";
}
