/**
 * What PrestaShop's webservice answers in JSON, as far as it is used: devdocs.prestashop-project.org, "Webservice". Lists
 * without a row are `[]`, with rows an object; numbers and switches are texts in some versions; missing texts are false.
 */
import { z } from "zod";
import { amountSchema, descriptionSchema, idSchema, momentSchema, titleSchema } from "../read-answer";

const MAX_ITEMS = 2_000;
const listOf = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).max(MAX_ITEMS);

/** The rows below a resource's name. */
const rowsOf = <Schema extends z.ZodType>(name: string, schema: Schema) =>
  z.union([
    z
      .array(z.unknown())
      .max(0)
      .transform((): z.output<Schema>[] => []),
    z
      .record(z.string(), z.unknown())
      .transform((body) => body[name])
      .pipe(listOf(schema)),
  ]);

/** In one language a text, in several a list of them; we ask for one. */
const localized = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .unknown()
    .transform((value) => {
      const [first] = Array.isArray(value) ? value : [value];
      return typeof first === "object" && first !== null && "value" in first ? first.value : first;
    })
    .pipe(schema);

const whole = z.coerce.number().int();
const row = z.object({ id: idSchema });
/** Associations without a row are left out. */
const rows = listOf(row).nullish();

/** What `priceParams` adds to every row, taxes included. */
const priced = { now: amountSchema, usual: amountSchema } as const;

const product = z.object({
  ...priced,
  id: idSchema,
  reference: titleSchema,
  ean13: titleSchema,
  name: localized(titleSchema),
  description: localized(descriptionSchema),
  description_short: localized(descriptionSchema),
  manufacturer_name: titleSchema,
  id_category_default: idSchema.nullish(),
  active: whole,
  available_for_order: whole,
  associations: z.object({ images: rows, combinations: rows, accessories: rows }).nullish(),
});
export const prestaProducts = rowsOf("products", product);
export type PrestaProduct = z.output<typeof product>;

const combination = z.object({
  ...priced,
  id: idSchema,
  id_product: idSchema,
  reference: titleSchema,
  ean13: titleSchema,
  associations: z.object({ product_option_values: rows }).nullish(),
});
export const prestaCombinations = rowsOf("combinations", combination);
export type PrestaCombination = z.output<typeof combination>;

/** `out_of_stock`: 0 sold out, 1 can be ordered nevertheless, 2 as the shop does in general. */
const stock = z.object({
  id_product: idSchema,
  id_product_attribute: idSchema,
  quantity: whole,
  out_of_stock: whole,
});
export const prestaStock = rowsOf("stock_availables", stock);
export type PrestaStock = z.output<typeof stock>;

const named = z.object({ id: idSchema, name: localized(titleSchema) });
export const prestaOptions = rowsOf("product_options", named);
export const prestaOptionValues = rowsOf(
  "product_option_values",
  z.object({ id: idSchema, id_attribute_group: idSchema, name: localized(titleSchema) }),
);
export const prestaCategories = rowsOf("categories", named);
export const prestaMakers = rowsOf("manufacturers", z.object({ id: idSchema, name: titleSchema }));
export const prestaLanguages = rowsOf("languages", z.object({ id: idSchema, iso_code: z.string() }));
export const prestaCurrencies = rowsOf("currencies", z.object({ id: idSchema, iso_code: z.string() }));
export const prestaStates = rowsOf("order_states", named);

export const prestaCustomers = rowsOf(
  "customers",
  z.object({ id: idSchema, email: z.string(), firstname: titleSchema, lastname: titleSchema }),
);

const order = z.object({
  id: idSchema,
  reference: idSchema,
  id_customer: idSchema,
  id_currency: idSchema,
  current_state: idSchema,
  date_add: momentSchema,
  total_paid: amountSchema,
  associations: z
    .object({
      order_rows: listOf(z.object({ product_name: titleSchema, product_quantity: whole })).nullish(),
    })
    .nullish(),
});
export const prestaOrders = rowsOf("orders", order);
export type PrestaOrder = z.output<typeof order>;

export const prestaParcels = rowsOf(
  "order_carriers",
  z.object({ id_carrier: idSchema, tracking_number: titleSchema }),
);
/** "@" in the address stands for the parcel's number. */
export const prestaCarriers = rowsOf(
  "carriers",
  z.object({ id: idSchema, name: titleSchema, url: titleSchema }),
);
