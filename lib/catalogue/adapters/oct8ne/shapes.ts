/**
 * What an Oct8ne adapter answers (API 2.4; names as shops' published adapters write them, such as LogiCommerce's). Fields
 * that adapters leave out or fill with null are "" here.
 */
import { z } from "zod";
import {
  addressSchema,
  amountSchema,
  descriptionSchema,
  idSchema,
  momentSchema,
  titleSchema,
  webAddress,
} from "../read-answer";

const MAX_ITEMS = 500;
const listOf = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).max(MAX_ITEMS);

const summary = {
  internalId: idSchema,
  reference: titleSchema,
  title: titleSchema,
  formattedPrice: titleSchema,
  formattedPrevPrice: titleSchema,
  productUrl: addressSchema,
  thumbnail: addressSchema,
} as const;
const summarySchema = z.object(summary);
export type Oct8neSummary = z.output<typeof summarySchema>;
const oct8neSummaries = listOf(summarySchema);

/** A picture is an address, or an object with one. */
const mediaSchema = z
  .union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])
  .transform(webAddress);

const productSchema = z.object({
  ...summary,
  description: descriptionSchema,
  longDescription: descriptionSchema,
  addToCartUrl: addressSchema,
  medias: listOf(mediaSchema).nullish(),
});
export type Oct8neProduct = z.output<typeof productSchema>;
/** One product, or a list of one. */
export const oct8neProducts = z.union([listOf(productSchema), productSchema.transform((one) => [one])]);

const filterSchema = z.object({
  param: z.string().max(100),
  paramLabel: titleSchema,
  options: listOf(z.object({ value: idSchema, valueLabel: titleSchema, count: z.number().int().nullish() })),
});

export const oct8neSearch = z.object({
  total: z.coerce.number().int().min(0),
  results: oct8neSummaries,
  filters: z.object({ available: listOf(filterSchema).nullish() }).nullish(),
});

export const oct8neRelated = z.object({ results: oct8neSummaries });

export const oct8neInfo = z.object({
  platform: titleSchema,
  adapterName: titleSchema,
  adapterVersion: titleSchema,
  apiVersion: titleSchema,
  enabled: z.unknown(),
});

/** Id null: nobody is known by this address. */
export const oct8neCustomer = z.object({
  id: idSchema.nullish(),
  firstName: titleSchema,
  lastName: titleSchema,
  email: z.string().nullish(),
});

export const oct8neCart = z.object({
  finalPrice: amountSchema,
  currency: z.string(),
  cart: listOf(
    z.object({
      internalId: idSchema,
      title: titleSchema,
      qty: z.coerce.number().int(),
      price: amountSchema.nullish(),
    }),
  ),
});

const order = {
  reference: idSchema,
  date: momentSchema,
  total: amountSchema,
  currency: z.string().nullish(),
  labelState: titleSchema,
  deliveryDate: titleSchema,
} as const;
const orderSchema = z.object(order);
export type Oct8neOrder = z.output<typeof orderSchema>;
export const oct8neOrders = listOf(orderSchema);

export const oct8neOrderDetails = z.object({
  ...order,
  carrier: titleSchema,
  trackingNumber: titleSchema,
  trackingUrl: addressSchema,
  products: listOf(z.object({ name: titleSchema, quantity: z.coerce.number() })),
});
export type Oct8neOrderDetails = z.output<typeof oct8neOrderDetails>;
