/**
 * The basket that agent and customer build together, one line a variant: she proposes, the customer says yes or no, and
 * what the shop's page then answers is told to both. The rules are those of `lib/conversations/SPEC.md`, CO50 and on.
 */
import * as z from "zod/mini";
import { assetIdSchema, participantIdSchema, productIdSchema } from "./ids";

/** Lines of one conversation, whatever became of them: an hour's talk proposes a dozen. */
export const MAX_BASKET_LINES = 60;
/** Pieces of one variant. */
export const MAX_BASKET_QUANTITY = 99;
/** Characters of a shop's own words about why it did not work. */
export const MAX_CART_REASON_CHARS = 200;

const basketStates = [
  /** Waits for the customer. */
  "proposed",
  /** She said yes; the shop's page is being asked. */
  "putting",
  /** She said yes, and the shop's page did not answer in time. */
  "unknown",
  /** The shop's page says so: a browser's word. */
  "in_cart",
  "refused",
  "declined",
  "withdrawn",
] as const;

/** Why something did not get into the cart, where we have words of our own; anything else is the shop's own text. */
const cartReasons = [
  "out_of_stock",
  "gone",
  "price_changed",
  /** The shop's page does not take lines from us. */
  "no-handler",
  /** It says no and not why. */
  "refused",
  "failed",
  "no-answer",
] as const;
export type CartReason = (typeof cartReasons)[number];

/** What the shop's page answered. */
export interface CartAnswer {
  readonly ok: boolean;
  /** One of `cartReasons`, or the shop's own words; empty when it is in the cart. */
  readonly reason: string;
}

/** What a proposal says, as the catalogue had it then. */
const proposal = {
  /** A UUID. */
  lineId: z.string(),
  productId: productIdSchema,
  externalId: z.string(),
  title: z.string(),
  /** Of the variant. */
  label: z.string(),
  /** The product's page; may be empty. */
  url: z.string(),
  pictureId: z.nullable(assetIdSchema),
  currency: z.string(),
  /** Minor units of one piece. */
  unitMinor: z.number(),
  quantity: z.number(),
};

/** In a chat message. The line says what has become of it since. */
export const basketProposalSchema = z.object({ kind: z.literal("basket"), ...proposal, text: z.string() });
export type BasketProposal = z.infer<typeof basketProposalSchema>;

const basketLineSchema = z.object({
  ...proposal,
  /** What one piece cost when she said yes, if it costs something else now; then she is asked again. */
  beforeMinor: z.nullable(z.number()),
  /** Grows with every change of what is proposed. */
  version: z.number(),
  state: z.enum(basketStates),
  /** As `CartAnswer`; while it waits, `not_enough` when fewer are left than she had agreed to. */
  reason: z.string(),
  /** Where a browser puts it into the cart, for a line that was refused with `no-handler`; empty: nobody knows. */
  cartUrl: z.string(),
  /** Which of her tabs puts it into the cart. */
  attempt: z.nullable(z.string()),
  /** The shop's page has told a cart that holds it. */
  seen: z.boolean(),
  proposedBy: participantIdSchema,
});
export type BasketLine = z.infer<typeof basketLineSchema>;

export const basketSchema = z.object({
  /** Counts the changes: a smaller number is older. */
  changes: z.number(),
  /** In the order of their proposal. */
  lines: z.array(basketLineSchema),
});
export type Basket = z.infer<typeof basketSchema>;

export const emptyBasket: Basket = { changes: 0, lines: [] };
