/** What the HTTP API answers to browsers. Paths are documented in docs/api.md; what they send: ./http-requests. */
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
  /** The file as it was sent, to save: for the shop's people, where the shop keeps it. */
  original: z.optional(z.string()),
  /** Not for one of the shop's people who has not asked for it: then there is no address. */
  covered: z.boolean(),
  /** For a catalogue picture: the product, and its other pictures in order. */
  product: z.nullable(productCardSchema),
  pictureIds: z.array(assetIdSchema),
});
export type ResolvedItem = z.infer<typeof resolvedItemSchema>;

/** GET /api/v1/products/:externalId with the visitor token: the product a shop page names, as the catalogue knows it. */
export const askedProductSchema = z.object({
  productId: productIdSchema,
  title: z.string(),
  /** Longest side in pixels and a short-lived address of each size of its first picture, smallest first. */
  sizes: z.array(z.object({ longest: z.number(), url: z.string() })),
});
export type AskedProduct = z.infer<typeof askedProductSchema>;
