/**
 * What a shop's server says of its orders: one body for our own order webhook and for `POST /api/v1/orders`. Amounts are
 * whole minor units (cents), after discounts and with tax: what the customer pays for the line.
 */
import * as z from "zod/mini";
import { minorDigits } from "../minor-digits";

/** Orders and changes in one body: a shop's evening, not its history. */
const MAX_REPORTED = 100;
/** Lines of one order; wholesale baskets have hundreds. */
const MAX_LINES = 1_000;
/**
 * Minor units of one amount: six million dollars in rupiah, whose minor unit is the smallest still in use. More is a
 * mistake, and some hundreds of these still add up to a number that JSON's readers hold exactly.
 */
export const MAX_AMOUNT_MINOR = 10_000_000_000_000;
/** Pieces of one line. */
const MAX_PIECES = 1_000_000;

const id = z.string().check(z.minLength(1), z.maxLength(200));
const text = z.string().check(z.maxLength(300));
const minor = z.int().check(z.gte(0), z.lte(MAX_AMOUNT_MINOR));
const pieces = z.int().check(z.gte(0), z.lte(MAX_PIECES));
const time = z.iso.datetime({ offset: true });
const said = (words: string) => z.describe(words);

const lineSchema = z
  .strictObject({
    id: id.check(said("Your id of the variant or product, as in your catalogue.")),
    lineId: z.optional(id).check(said("Your id of this line, by which refunds may name it.")),
    title: z.optional(text),
    sku: z.optional(text),
    quantity: pieces.check(z.gte(1)),
    unitMinor: minor.check(said("Of one piece, minor units.")),
    totalMinor: z.optional(minor).check(said("Of the whole line; quantity times unitMinor if left out.")),
  })
  .check(
    z.refine(
      (line) => line.totalMinor !== undefined || line.quantity * line.unitMinor <= MAX_AMOUNT_MINOR,
      "more than any line costs",
    ),
  );

const orderReportSchema = z.strictObject({
  id: id.check(said("Your id of the order, the one your thank-you page names, too.")),
  currency: z
    .string()
    .check(z.regex(/^[A-Z]{3}$/), said("ISO 4217."))
    .check(z.refine((code) => minorDigits(code) !== null, "no currency in use")),
  totalMinor: minor.check(said("Of the whole order, with shipping and tax.")),
  placedAt: time,
  updatedAt: z
    .optional(time)
    .check(said("When this version was made; an older version that comes later changes nothing.")),
  status: z.optional(z.enum(["placed", "cancelled"])),
  customerId: z
    .optional(id)
    .check(said("Your number of the customer, the `sub` of the tokens that you sign for `identify`.")),
  vetrina_visitor: z
    .optional(z.string().check(z.minLength(1), z.maxLength(2_048)))
    .check(
      said("The order token that the loader keeps in your page's storage, passed along with the order."),
    ),
  lines: z.array(lineSchema).check(z.maxLength(MAX_LINES)),
});
export type OrderReport = z.infer<typeof orderReportSchema>;

const refundedLineSchema = z
  .strictObject({
    lineId: z.optional(id),
    id: z.optional(id),
    quantity: pieces,
    amountMinor: z
      .optional(minor)
      .check(said("What was given back for these pieces; their share of the line if left out.")),
  })
  .check(z.refine((line) => line.lineId !== undefined || line.id !== undefined, "lineId or id is needed"));

const orderChangeSchema = z.strictObject({
  id: id.check(said("Your id of this refund or cancellation: the same one twice counts once.")),
  orderId: id,
  kind: z.enum(["refund", "cancellation"]),
  at: time,
  amountMinor: z
    .optional(minor)
    .check(said("Of a refund: the whole amount. Without lines it lowers every line by its share.")),
  lines: z.optional(z.array(refundedLineSchema).check(z.maxLength(MAX_LINES))),
});
export type OrderChangeReport = z.infer<typeof orderChangeSchema>;

export const reportBodySchema = z.strictObject({
  orders: z.optional(z.array(orderReportSchema).check(z.maxLength(MAX_REPORTED))),
  changes: z.optional(z.array(orderChangeSchema).check(z.maxLength(MAX_REPORTED))),
});

/** What became of each: stored; the same or newer was there already; kept until its order comes; not an order yet. */
const reportResults = ["stored", "known", "kept", "ignored"] as const;
export type ReportResult = (typeof reportResults)[number];

export const reportAnswerSchema = z.object({
  orders: z.array(z.object({ id: z.string(), result: z.enum(reportResults) })),
  changes: z.array(z.object({ id: z.string(), orderId: z.string(), result: z.enum(reportResults) })),
});
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;
