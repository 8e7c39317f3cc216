/** Bodies of the HTTP API that browsers call. Paths are documented in docs/api.md. */
import * as z from "zod/mini";
import { productCardSchema } from "./chat";
import { errorCodes } from "./errors";
import {
  assetIdSchema,
  conversationIdSchema,
  itemIdSchema,
  participantIdSchema,
  productIdSchema,
} from "./ids";

/** Signed by the server; opaque to browsers. */
const token = z.string().check(z.minLength(16), z.maxLength(2_048));

/** Answer of POST /api/v1/conversations. */
export const openConversationAnswerSchema = z.object({
  conversation: z.nullable(
    z.object({
      conversationId: conversationIdSchema,
      participantId: participantIdSchema,
      /** Opens the room; short-lived. */
      roomToken: token,
    }),
  ),
});

/** POST /api/v1/conversations/:id/room-token, with the visitor token or the desk's session cookie. */
export const roomTokenAnswerSchema = z.object({ roomToken: token, participantId: participantIdSchema });

/**
 * GET /api/v1/conversations/:id/uploads/:uploadId: how far a file is that was sent in parts (tus, at the same address).
 * `receiving` and `reading` go on; with `shown` it is on the panel.
 */
export const uploadProgressSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("receiving") }),
  /** `share` from 0 to 1. */
  z.object({ state: z.literal("reading"), share: z.number() }),
  z.object({ state: z.literal("shown"), itemIds: z.array(itemIdSchema) }),
  z.object({ state: z.literal("failed"), error: z.enum(errorCodes) }),
]);
export type UploadProgress = z.infer<typeof uploadProgressSchema>;

/** GET /api/v1/conversations/:id/items/:source/:sourceId: what a panel item's reference stands for. */
export const resolvedItemSchema = z.object({
  /** Pixels of the upright picture. */
  width: z.number(),
  height: z.number(),
  title: z.string(),
  /** Longest side in pixels and a short-lived address of each size, smallest first. */
  sizes: z.array(z.object({ longest: z.number(), url: z.string() })),
  /**
   * Tiles of libvips' deep-zoom layout, of levels larger than the largest of the sizes; `{level}`, `{column}` and `{row}`
   * stand in the address. Null: the largest size is all there is, as yet or for good.
   */
  tiles: z.nullable(z.object({ url: z.string(), /** Side, pixels. */ size: z.number() })),
  /** A video's file; its sizes are those of a poster, and may be none. */
  video: z.nullable(
    z.object({
      url: z.string(),
      type: z.enum(["video/mp4", "video/webm"]),
      durationMs: z.number(),
      /** False: only browsers that know its codec can play it. */
      playsAnywhere: z.boolean(),
    }),
  ),
  /** Not for one of the shop's people who has not asked for it: then there is no address. */
  covered: z.boolean(),
  /** For a catalogue picture: the product, and its other pictures in order. */
  product: z.nullable(productCardSchema),
  pictureIds: z.array(assetIdSchema),
});
export type ResolvedItem = z.infer<typeof resolvedItemSchema>;

const sizes = z.array(z.object({ longest: z.number(), url: z.string() }));

/** A stored picture of the catalogue, with a short-lived address of each size, smallest first. */
const cataloguePictureSchema = z.object({
  assetId: assetIdSchema,
  alt: z.string(),
  width: z.number(),
  height: z.number(),
  sizes,
});
export type CataloguePicture = z.infer<typeof cataloguePictureSchema>;

/** A product as agents see it in the catalogue. */
const catalogueProductSchema = z.extend(productCardSchema, {
  brand: z.string(),
  category: z.string(),
  /** The first one. */
  picture: z.nullable(cataloguePictureSchema),
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

/** GET /api/v1/products/:externalId with the visitor token: the product a shop page names, as the catalogue knows it. */
export const askedProductSchema = z.object({
  productId: productIdSchema,
  title: z.string(),
  /** Longest side in pixels and a short-lived address of each size of its first picture, smallest first. */
  sizes: z.array(z.object({ longest: z.number(), url: z.string() })),
});
export type AskedProduct = z.infer<typeof askedProductSchema>;
