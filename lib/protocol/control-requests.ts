/** What clients ask for in wire type 17. Apart from the answers (./control): only the server reads these. */
import * as z from "zod/mini";
import { basketRequestSchema } from "./basket-requests";
import { assetIdSchema, clientIdSchema, itemIdSchema, productIdSchema } from "./ids";

/** Frames a client sends in wire type 17. `id` comes back in `done` or `refused`. */
export const controlRequestSchema = z.discriminatedUnion("type", [
  /** Put a catalogue picture on the panel and show it to everybody. Agents only. */
  z.object({
    type: z.literal("show-product"),
    id: clientIdSchema,
    productId: productIdSchema,
    pictureIndex: z.int(),
  }),
  /** Show this item if it lies on the panel, else put an uploaded picture of this conversation there. */
  z.object({
    type: z.literal("show-asset"),
    id: clientIdSchema,
    assetId: assetIdSchema,
    itemId: z.optional(itemIdSchema),
  }),
  /** Write a recommendation card into the chat. Agents only. */
  z.object({
    type: z.literal("recommend"),
    id: clientIdSchema,
    productId: productIdSchema,
    text: z.string().check(z.maxLength(1_000)),
  }),
  /** The customer opened the card of what was recommended to her: to see it on the panel, or its page. Only counted. */
  z.object({
    type: z.literal("open-card"),
    id: clientIdSchema,
    productId: productIdSchema,
    on: z.enum(["panel", "page"]),
  }),
  basketRequestSchema,
  /** Take an item and its marks off the panel. */
  z.object({ type: z.literal("remove-item"), id: clientIdSchema, itemId: itemIdSchema }),
  /** Bring back what one took off a moment ago, as it was. */
  z.object({ type: z.literal("restore-item"), id: clientIdSchema, itemId: itemIdSchema }),
  z.object({ type: z.literal("lock-drawing"), id: clientIdSchema, locked: z.boolean() }),
  z.object({ type: z.literal("end"), id: clientIdSchema }),
  /** Answered with `done` once everything this connection sent before is stored. */
  z.object({ type: z.literal("confirm"), id: clientIdSchema }),
  /** Answered with `clock`. */
  z.object({ type: z.literal("clock"), id: clientIdSchema }),
  /** A new token for a connection whose token is about to expire. */
  z.object({ type: z.literal("renew"), id: clientIdSchema, token: z.string().check(z.maxLength(4_096)) }),
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;
