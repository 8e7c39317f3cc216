/** The event catalogue: every recorded fact, who may record it, and what it holds. */
import * as z from "zod/mini";
import { lineSchema } from "./line";

/** Facts the server sees itself. */
const serverEventTypes = [
  "conversation_started",
  "conversation_accepted",
  "conversation_closed",
  /** Its customer has said how it was, 1 to 5; her last one counts. */
  "conversation_rated",
  "participant_joined",
  "participant_left",
  "item_shown",
  "mark_drawn",
  /** Two items were put side by side, or one over the other. */
  "items_compared",
  "picture_uploaded",
  "picture_uncovered",
  /** Somebody of the shop has taken a file as the customer had sent it. */
  "original_saved",
  "product_recommended",
  "basket_proposed",
  "basket_confirmed",
  "basket_declined",
  "mirror_started",
  "mirror_refused",
  "mirror_write_granted",
  "mirror_ended",
  /** A visitor turned out to be one of the shop's customers; or another one than before, and is a new visitor now. */
  "identity_joined",
  "identity_split",
  /** She logged out at this browser: what is told of it from now on is a new visitor's. */
  "identity_left",
  /** Somebody stayed with a product: she was invited to the chat; or held out, so that there is somebody to compare with. */
  "invitation_shown",
  "invitation_held_out",
] as const;

/** Facts only the shop's page knows: claims, marked as such. */
const browserEventTypes = [
  "page_viewed",
  "product_viewed",
  "cart_changed",
  "order_placed",
  "card_opened",
  "context_told",
  /** What was proposed for the cart is in it. */
  "basket_in_cart",
  /** The invitation that was shown to her is what she opened the chat by. */
  "invitation_opened",
] as const;

const eventTypes = [...serverEventTypes, ...browserEventTypes] as const;
export type ServerEventType = (typeof serverEventTypes)[number];
export type EventType = (typeof eventTypes)[number];

const shortText = z.string().check(z.maxLength(300));
const address = z.string().check(z.maxLength(2_000));

const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
const base = { id: z.uuid(), at: z.int() };

export const browserEventSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("page_viewed"), url: address, title: shortText }),
  z.object({
    ...base,
    type: z.literal("product_viewed"),
    url: address,
    /** The shop's id of the product or variant. */
    productId: z.string().check(z.minLength(1), z.maxLength(200)),
    title: shortText,
    image: z.optional(address),
  }),
  z.object({
    ...base,
    type: z.literal("cart_changed"),
    currency,
    lines: z.array(lineSchema).check(z.maxLength(200)),
  }),
  z.object({
    ...base,
    type: z.literal("order_placed"),
    orderId: z.string().check(z.minLength(1), z.maxLength(200)),
    currency,
    totalMinor: z.int().check(z.gte(0)),
    lines: z.array(lineSchema).check(z.maxLength(200)),
  }),
  /** Whatever the shop wants its agents to know of her visit: "Loyalty": "gold". */
  z.object({
    ...base,
    type: z.literal("context_told"),
    values: z
      .array(
        z.object({
          name: z.string().check(z.minLength(1), z.maxLength(60)),
          value: z.string().check(z.maxLength(200)),
        }),
      )
      .check(z.maxLength(20)),
  }),
]);
export type BrowserEvent = z.infer<typeof browserEventSchema>;
