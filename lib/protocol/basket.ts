/**
 * The basket that agent and customer build together, one line a variant: she proposes, the customer says yes or no, and
 * what the shop's page then answers is told to both. The rules are those of `lib/conversations/SPEC.md`, CO50 and on.
 */
import * as z from "zod/mini";
import { assetIdSchema, clientIdSchema, participantIdSchema, productIdSchema } from "./ids";

/** Lines of one conversation, whatever became of them: an hour's talk proposes a dozen. */
export const MAX_BASKET_LINES = 60;
/** Pieces of one variant. */
export const MAX_BASKET_QUANTITY = 99;
/** Characters of a shop's own words about why it did not work. */
export const MAX_CART_REASON_CHARS = 200;

export const basketStates = [
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
export type BasketState = (typeof basketStates)[number];

/** Why something did not get into the cart, where we have words of our own; anything else is the shop's own text. */
export const cartReasons = [
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

const lineIdSchema = z.uuid();
/** The shop's own id of a variant. */
const externalId = z.string().check(z.minLength(1), z.maxLength(200));
const quantity = z.int().check(z.gte(1), z.lte(MAX_BASKET_QUANTITY));
const version = z.int().check(z.gte(1), z.lte(2_147_483_647));

/** What a proposal says, as the catalogue had it then. */
const proposal = {
  lineId: lineIdSchema,
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

const base = { id: clientIdSchema };
const many = <T extends z.ZodMiniType>(schema: T) =>
  z.array(schema).check(z.minLength(1), z.maxLength(MAX_BASKET_LINES));

/** Requests about the basket, part of wire type 17. The first three are an agent's, the others the customer's. */
export const basketRequests = [
  z.object({
    ...base,
    type: z.literal("basket-propose"),
    productId: productIdSchema,
    externalId,
    quantity,
    text: z.string().check(z.maxLength(1_000)),
  }),
  /** Another variant of the same product, or another quantity. */
  z.object({ ...base, type: z.literal("basket-change"), lineId: lineIdSchema, externalId, quantity }),
  z.object({ ...base, type: z.literal("basket-withdraw"), lineId: lineIdSchema }),
  z.object({
    ...base,
    type: z.literal("basket-confirm"),
    /** Made up by the tab that then asks the shop's page. */
    attempt: clientIdSchema,
    lines: many(z.object({ lineId: lineIdSchema, version, quantity })),
  }),
  z.object({ ...base, type: z.literal("basket-decline"), lineIds: many(lineIdSchema) }),
  /** What the shop's page answered. */
  z.object({
    ...base,
    type: z.literal("basket-result"),
    lineId: lineIdSchema,
    attempt: clientIdSchema,
    ok: z.boolean(),
    reason: z.string().check(z.maxLength(MAX_CART_REASON_CHARS)),
  }),
] as const;

export type BasketRequest = z.infer<(typeof basketRequests)[number]>;
