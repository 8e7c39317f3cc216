/** What agent and customer may ask of their basket, part of wire type 17. Only the server reads these. */
import * as z from "zod/mini";
import { MAX_BASKET_LINES, MAX_BASKET_QUANTITY, MAX_CART_REASON_CHARS } from "./basket";
import { clientIdSchema, productIdSchema } from "./ids";

const lineIdSchema = z.uuid();
/** The shop's own id of a variant. */
const externalId = z.string().check(z.minLength(1), z.maxLength(200));
const quantity = z.int().check(z.gte(1), z.lte(MAX_BASKET_QUANTITY));
const version = z.int().check(z.gte(1), z.lte(2_147_483_647));
const base = { id: clientIdSchema };
const some = [z.minLength(1), z.maxLength(MAX_BASKET_LINES)] as const;

/** The first three are an agent's, the others the customer's. */
export const basketRequestSchema = z.discriminatedUnion("type", [
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
    lines: z.array(z.object({ lineId: lineIdSchema, version, quantity })).check(...some),
  }),
  z.object({ ...base, type: z.literal("basket-decline"), lineIds: z.array(lineIdSchema).check(...some) }),
  /** What the shop's page answered. */
  z.object({
    ...base,
    type: z.literal("basket-result"),
    lineId: lineIdSchema,
    attempt: clientIdSchema,
    ok: z.boolean(),
    reason: z.string().check(z.maxLength(MAX_CART_REASON_CHARS)),
  }),
]);
export type BasketRequest = z.infer<typeof basketRequestSchema>;
