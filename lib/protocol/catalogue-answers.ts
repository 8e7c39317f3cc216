/** What the HTTP API tells the desk of the catalogue. Apart from ./http, which shoppers' browsers load. */
import * as z from "zod/mini";
import { productCardSchema } from "./chat";
import { assetIdSchema } from "./ids";

const sizes = z.array(z.object({ longest: z.number(), url: z.string() }));

/** A stored picture or video of the catalogue, with a short-lived address of each size, smallest first. */
const cataloguePictureSchema = z.object({
  assetId: assetIdSchema,
  alt: z.string(),
  width: z.number(),
  height: z.number(),
  /** Of a video, milliseconds; its sizes are those of its poster, of which there may be none. Null for a picture. */
  durationMs: z.nullable(z.number()),
  sizes,
});
export type CataloguePicture = z.infer<typeof cataloguePictureSchema>;

/** A product as agents see it in the catalogue. */
const catalogueProductSchema = z.extend(productCardSchema, {
  brand: z.string(),
  category: z.string(),
  /** The first one that is no video. */
  picture: z.nullable(cataloguePictureSchema),
  /** Videos among them. */
  pictureCount: z.number(),
  /** In which it can be bought. */
  colors: z.array(z.string()),
  sizes: z.array(z.string()),
});
export type CatalogueProduct = z.infer<typeof catalogueProductSchema>;

/** Count null: the shop's own system does not say how many. */
const facetSchema = z.array(z.object({ value: z.string(), count: z.nullable(z.number()) }));
const facetsSchema = z.object({
  /** One level below the chosen category, else the first level. */
  categories: facetSchema,
  brands: facetSchema,
  colors: facetSchema,
  sizes: facetSchema,
  /** False: there were too many finds to count them all. */
  complete: z.boolean(),
});
export type CatalogueFacets = z.infer<typeof facetsSchema>;

/**
 * GET /api/v1/catalogue/search (members; the question as in lib/protocol/catalogue-search, with limit=, cursor= and
 * facets=1): `next` is the cursor of the following page.
 */
export const catalogueSearchAnswerSchema = z.object({
  products: z.array(catalogueProductSchema),
  next: z.nullable(z.string()),
  /** `more`: there are more than that. */
  total: z.object({ count: z.number(), more: z.boolean() }),
  /** What the words were taken for, when nothing had them as typed. */
  guessed: z.nullable(z.string()),
  facets: z.nullable(facetsSchema),
  /** When the shop's own system gave this answer, milliseconds since 1970; null for our tables. */
  asOf: z.nullable(z.number()),
});
export type CatalogueSearchAnswer = z.infer<typeof catalogueSearchAnswerSchema>;

/** GET /api/v1/catalogue/products?id=&id= (members): in the order asked for; what the shop does not sell is left out. */
export const catalogueProductsSchema = z.object({ products: z.array(catalogueProductSchema) });
export type CatalogueProducts = z.infer<typeof catalogueProductsSchema>;

/** GET /api/v1/catalogue/products/:productId (members). */
export const catalogueProductDetailSchema = z.extend(catalogueProductSchema, {
  description: z.string(),
  /** When the shop's own system said so, milliseconds since 1970; null for our tables. */
  asOf: z.nullable(z.number()),
  /** Pictures first, then videos. */
  pictures: z.array(cataloguePictureSchema),
  variants: z.array(
    z.object({
      externalId: z.string(),
      label: z.string(),
      /** The article number; the shop's id where it has no other. */
      sku: z.string(),
      gtin: z.string(),
      priceMinor: z.number(),
      saleMinor: z.nullable(z.number()),
      available: z.boolean(),
      /** Pieces that are left, where the shop says so. */
      stock: z.nullable(z.number()),
    }),
  ),
});
export type CatalogueProductDetail = z.infer<typeof catalogueProductDetailSchema>;

/** GET /api/v1/catalogue/products/:productId/related (members). */
export const relatedProductsSchema = z.object({
  related: z.array(
    z.object({
      product: catalogueProductSchema,
      /** `shop`: the shop itself says so. `together`: in so many orders with it. `similar`: of its category, near its price. */
      reason: z.enum(["shop", "together", "similar"]),
      orders: z.number(),
    }),
  ),
});
export type RelatedProducts = z.infer<typeof relatedProductsSchema>;
