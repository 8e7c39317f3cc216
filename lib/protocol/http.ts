/** Bodies of the HTTP API that browsers call. Paths are documented in docs/api.md. */
import * as z from "zod/mini";
import { productCardSchema } from "./chat";
import { consentLevels } from "./consent";
import { errorCodes } from "./errors";
import { browserEventSchema } from "./events";
import {
  assetIdSchema,
  conversationIdSchema,
  itemIdSchema,
  participantIdSchema,
  productIdSchema,
} from "./ids";
import { MAX_EVENTS_PER_BATCH } from "./limits";

const shopKey = z.string().check(z.minLength(8), z.maxLength(64));
/** Signed by the server; opaque to browsers. */
const token = z.string().check(z.minLength(16), z.maxLength(2_048));

const consent = z.optional(z.enum(consentLevels));

/** POST /api/v1/visitors: a first-party pseudonymous identity for this shop, where one may be kept. */
export const createVisitorSchema = z.object({
  shopKey,
  purpose: z._default(z.enum(["visit", "conversation"]), "conversation"),
  /** As the shop's page said of this visitor. */
  consent,
});

/** POST /api/v1/visitors/identify (text/plain): who she is, by the word of the shop's server. */
export const identifySchema = z.object({ shopKey, visitorToken: token, identity: token });

/** POST /api/v1/events (text/plain, so that sendBeacon needs no preflight). */
export const eventBatchSchema = z.object({
  shopKey,
  /** Absent where nothing may be kept in her browser. */
  visitorToken: z.optional(token),
  consent,
  events: z.array(browserEventSchema).check(z.minLength(1), z.maxLength(MAX_EVENTS_PER_BATCH)),
});

/** POST /api/v1/conversations: the visitor's open conversation, or a new one. `create: false` only looks. */
export const openConversationSchema = z.object({
  visitorToken: token,
  create: z.boolean(),
  locale: z.string().check(z.maxLength(35)),
});
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
});
export type CatalogueProduct = z.infer<typeof catalogueProductSchema>;

/** GET /api/v1/catalogue/search?q=&limit=&cursor= (members): `next` is the cursor of the following page. */
export const catalogueSearchAnswerSchema = z.object({
  products: z.array(catalogueProductSchema),
  next: z.nullable(z.string()),
});
export type CatalogueSearchAnswer = z.infer<typeof catalogueSearchAnswerSchema>;

/** GET /api/v1/catalogue/products/:productId (members). */
export const catalogueProductDetailSchema = z.extend(catalogueProductSchema, {
  description: z.string(),
  pictures: z.array(cataloguePictureSchema),
});
export type CatalogueProductDetail = z.infer<typeof catalogueProductDetailSchema>;

/** GET /api/v1/products/:externalId with the visitor token: the product a shop page names, as the catalogue knows it. */
export const askedProductSchema = z.object({
  productId: productIdSchema,
  title: z.string(),
  /** Longest side in pixels and a short-lived address of each size of its first picture, smallest first. */
  sizes: z.array(z.object({ longest: z.number(), url: z.string() })),
});
export type AskedProduct = z.infer<typeof askedProductSchema>;
