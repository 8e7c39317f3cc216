/** Chat: what a message holds, and the frames of wire type 16. The server orders and stores; clients only ask. */
import * as z from "zod/mini";
import { basketProposalSchema } from "./basket";
import { assetIdSchema, itemIdSchema, participantIdSchema, productIdSchema } from "./ids";

/** A product as a card shows it; the server fills it in from the catalogue, never from a browser's word. */
export const productCardSchema = z.object({
  productId: productIdSchema,
  externalId: z.string(),
  title: z.string(),
  url: z.string(),
  /** Minor units of `currency`. */
  priceMinor: z.nullable(z.number()),
  saleMinor: z.nullable(z.number()),
  currency: z.string(),
  available: z.boolean(),
  /** First picture, or null for a product without one. */
  pictureId: z.nullable(assetIdSchema),
  variants: z.array(
    z.object({
      externalId: z.string(),
      label: z.string(),
      priceMinor: z.number(),
      saleMinor: z.nullable(z.number()),
      available: z.boolean(),
    }),
  ),
});
export type ProductCard = z.infer<typeof productCardSchema>;

/** Facts of the conversation that the server itself writes into the chat; the reader's language is chosen on display. */
const noticeCodes = [
  "joined",
  "companion_joined",
  "left",
  "accepted",
  "drawing_locked",
  "drawing_unlocked",
  "uncovered",
  "mirror_started",
  "mirror_refused",
  "mirror_ended",
  "ended_by_customer",
  "ended_by_agent",
  "basket_in_cart",
  "basket_refused",
  "basket_declined",
] as const;

export const messageBodySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("recommendation"), product: productCardSchema, text: z.string() }),
  basketProposalSchema,
  z.object({
    kind: z.literal("picture"),
    itemId: itemIdSchema,
    assetId: assetIdSchema,
    width: z.number(),
    height: z.number(),
    /** Absent for a picture; `page`: one of the customer's page. */
    what: z.optional(z.enum(["video", "paper", "page"])),
    /**
     * An item as it was painted with its marks; `assetId` is that painting's. Not one more `what`: a browser or node of before
     * leaves out a field that it does not know, and the message with a value that it does not know.
     */
    marked: z.optional(z.boolean()),
    /** Of a page. */
    title: z.optional(z.string()),
    /** Of a paper. */
    pages: z.optional(z.number()),
    /** Of a paper some pages of which could not be read: how many it has. */
    of: z.optional(z.number()),
  }),
  z.object({
    kind: z.literal("notice"),
    code: z.enum(noticeCodes),
    /** Of a mirror that ended: everybody who saw the page. Of a basket: what it is about. */
    name: z.string(),
    /** Of a mirror that ended: minutes it was shown, rounded up, and who was let act in it. */
    minutes: z.optional(z.number()),
    acted: z.optional(z.string()),
    /** Of a mirror that ended: pictures of the page that were put on the panel. */
    frozen: z.optional(z.number()),
    /** Of a basket's line that was refused; as `CartAnswer` says it. */
    reason: z.optional(z.string()),
  }),
]);
export type MessageBody = z.infer<typeof messageBodySchema>;

export const messageSchema = z.object({
  seq: z.number(),
  clientId: z.string(),
  participantId: z.nullable(participantIdSchema),
  body: messageBodySchema,
  /** Milliseconds since 1970, the server's clock. */
  at: z.number(),
});
export type ChatMessage = z.infer<typeof messageSchema>;

/** Frames the server sends in wire type 16. */
export const chatUpdateSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("messages"), messages: z.array(messageSchema), hasEarlier: z.boolean() }),
  z.object({ type: z.literal("message"), message: messageSchema }),
  z.object({
    type: z.literal("receipts"),
    receipts: z.array(
      z.object({ participantId: participantIdSchema, deliveredSeq: z.number(), seenSeq: z.number() }),
    ),
  }),
  z.object({ type: z.literal("typing"), participantId: participantIdSchema, typing: z.boolean() }),
]);
export type ChatUpdate = z.infer<typeof chatUpdateSchema>;
