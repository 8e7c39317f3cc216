/** What Magento's REST API answers, as far as it is used: developer.adobe.com/commerce/webapi/rest. */
import { z } from "zod";
import { addressSchema, amountSchema, idSchema, momentSchema, titleSchema } from "../read-answer";

const MAX_ITEMS = 1_000;
const listOf = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).max(MAX_ITEMS);
const pageOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ items: listOf(schema).nullish(), total_count: z.number().int().min(0) });

const magentoProduct = z.object({
  id: z.number().int(),
  sku: idSchema,
  name: titleSchema,
  /** Zero or missing for a product that is bought as one of its children. */
  price: amountSchema.nullish(),
  /** 1 on sale, 2 switched off. */
  status: z.number().int().nullish(),
  type_id: z.string(),
  extension_attributes: z
    .object({
      category_links: listOf(z.object({ category_id: idSchema })).nullish(),
      configurable_product_options: listOf(
        z.object({ label: titleSchema, attribute_id: idSchema }),
      ).nullish(),
      configurable_product_links: listOf(z.number().int()).nullish(),
    })
    .nullish(),
  product_links: listOf(z.object({ link_type: z.string(), linked_product_sku: idSchema })).nullish(),
  media_gallery_entries: listOf(
    z.object({
      media_type: z.string(),
      label: titleSchema,
      disabled: z.boolean(),
      position: z.number().nullish(),
      file: z.string().max(1_000).nullish(),
    }),
  ).nullish(),
  /** Values are texts, numbers, or lists of them. */
  custom_attributes: listOf(z.object({ attribute_code: z.string(), value: z.unknown() })).nullish(),
});
export const magentoProducts = pageOf(magentoProduct);
export type MagentoProduct = z.output<typeof magentoProduct>;

export const magentoStores = listOf(
  z.object({
    base_currency_code: z.string(),
    default_display_currency_code: z.string().nullish(),
    secure_base_link_url: addressSchema,
    secure_base_media_url: addressSchema,
  }),
).min(1);

export const magentoOptions = listOf(z.object({ label: titleSchema, value: idSchema.or(z.literal("")) }));

export const magentoCategories = pageOf(
  z.object({ id: idSchema, name: titleSchema, level: z.number().int(), is_active: z.boolean().nullish() }),
);

/** Of the inventory module: one row for each place at which there are pieces. */
export const magentoStock = pageOf(
  z.object({ sku: idSchema, quantity: z.number(), status: z.number().int() }),
);

export const magentoCustomers = pageOf(
  z.object({ id: idSchema, email: z.string(), firstname: titleSchema, lastname: titleSchema }),
);

export const magentoCarts = pageOf(
  z.object({
    currency: z.object({ quote_currency_code: z.string() }),
    items: listOf(
      z.object({ sku: idSchema, name: titleSchema, qty: z.number().positive(), price: amountSchema }),
    ).nullish(),
  }),
);

const magentoOrder = z.object({
  entity_id: idSchema,
  increment_id: idSchema,
  created_at: momentSchema,
  order_currency_code: z.string(),
  grand_total: amountSchema,
  status: titleSchema,
  customer_email: z.string(),
  shipping_description: titleSchema,
  /** A configured product is there twice: as bought, and as the child that is sent. */
  items: listOf(
    z.object({ name: titleSchema, qty_ordered: z.number(), parent_item_id: z.number().nullish() }),
  ),
});
export const magentoOrders = pageOf(magentoOrder);
export type MagentoOrder = z.output<typeof magentoOrder>;

export const magentoShipments = pageOf(
  z.object({ tracks: listOf(z.object({ title: titleSchema, track_number: titleSchema })).nullish() }),
);
