/** What WooCommerce's REST API v3 answers, as far as it is used: woocommerce.github.io/woocommerce-rest-api-docs. */
import { z } from "zod";
import {
  addressSchema,
  amountSchema,
  descriptionSchema,
  idSchema,
  momentSchema,
  titleSchema,
} from "../read-answer";

/** More in one answer is no answer to what we asked. */
const MAX_ITEMS = 200;

const pictureSchema = z.object({ src: addressSchema, alt: titleSchema });

/** Prices are texts; "" is none (a product that is only shown). */
const priced = {
  sku: titleSchema,
  global_unique_id: titleSchema.optional(),
  price: amountSchema,
  regular_price: amountSchema,
  sale_price: amountSchema,
  on_sale: z.boolean(),
  stock_status: z.string(),
  manage_stock: z.union([z.boolean(), z.literal("parent")]).optional(),
  stock_quantity: z.number().nullish(),
  backorders: z.string().optional(),
} as const;

export const wooProduct = z.object({
  ...priced,
  id: idSchema,
  name: titleSchema,
  permalink: addressSchema,
  type: z.string(),
  status: z.string(),
  description: descriptionSchema,
  short_description: descriptionSchema,
  categories: z.array(z.object({ name: titleSchema })).max(MAX_ITEMS),
  /** Of WooCommerce itself since 9.6. */
  brands: z
    .array(z.object({ name: titleSchema }))
    .max(MAX_ITEMS)
    .optional(),
  attributes: z
    .array(z.object({ name: titleSchema, options: z.array(titleSchema).max(MAX_ITEMS) }))
    .max(MAX_ITEMS),
  images: z.array(pictureSchema).max(MAX_ITEMS),
  related_ids: z.array(idSchema).max(MAX_ITEMS),
  upsell_ids: z.array(idSchema).max(MAX_ITEMS),
  cross_sell_ids: z.array(idSchema).max(MAX_ITEMS),
});
export const wooProducts = z.array(wooProduct).max(MAX_ITEMS);
export type WooProduct = z.output<typeof wooProduct>;

export const wooVariation = z.object({
  ...priced,
  id: idSchema,
  status: z.string(),
  attributes: z.array(z.object({ name: titleSchema, option: titleSchema })).max(MAX_ITEMS),
});
export const wooVariations = z.array(wooVariation).max(MAX_ITEMS);
export type WooVariation = z.output<typeof wooVariation>;

export const wooCategories = z
  .array(z.object({ id: idSchema, name: titleSchema, count: z.number().int() }))
  .max(MAX_ITEMS);

export const wooStatus = z.object({ environment: z.object({ version: titleSchema }) });

export const wooCurrency = z.object({ code: z.string() });

export const wooCustomers = z
  .array(
    z.object({
      id: idSchema,
      email: z.string(),
      first_name: titleSchema,
      last_name: titleSchema,
    }),
  )
  .max(MAX_ITEMS);

export const wooOrder = z.object({
  id: idSchema,
  number: idSchema,
  status: titleSchema,
  currency: z.string(),
  total: amountSchema,
  date_created_gmt: momentSchema,
  customer_id: idSchema,
  shipping_lines: z.array(z.object({ method_title: titleSchema })).max(MAX_ITEMS),
  line_items: z.array(z.object({ name: titleSchema, quantity: z.number() })).max(MAX_ITEMS),
});
export const wooOrders = z.array(wooOrder).max(MAX_ITEMS);
export type WooOrder = z.output<typeof wooOrder>;
