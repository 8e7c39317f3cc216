/** What Shopify's Admin GraphQL API answers to our questions: shopify.dev/docs/api/admin-graphql, version 2026-07. */
import { z } from "zod";
import { addressSchema, amountSchema, descriptionSchema, momentSchema, titleSchema } from "../read-answer";

const MAX_NODES = 250;
const MAX_ID_CHARS = 200;
const nodes = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ nodes: z.array(schema).max(MAX_NODES) });

/** "gid://shopify/Product/123" is 123, as the shop's own pages name it. */
const gid = z
  .string()
  .max(MAX_ID_CHARS)
  .regex(/^gid:\/\/shopify\/\w+\/\d+$/)
  .transform((text) => text.slice(text.lastIndexOf("/") + 1));

const money = z.object({ shopMoney: z.object({ amount: amountSchema, currencyCode: z.string() }) });

const shopifyVariant = z.object({
  id: gid,
  title: titleSchema,
  sku: titleSchema,
  barcode: titleSchema,
  price: amountSchema,
  compareAtPrice: amountSchema.nullable(),
  availableForSale: z.boolean(),
  /** DENY | CONTINUE: whether it is sold past its stock. */
  inventoryPolicy: z.string(),
  inventoryQuantity: z.number().int().nullable(),
  inventoryItem: z.object({ tracked: z.boolean() }),
  selectedOptions: z.array(z.object({ name: titleSchema, value: titleSchema })).max(MAX_NODES),
});
export type ShopifyVariant = z.output<typeof shopifyVariant>;

const shopifyProduct = z.object({
  id: gid,
  title: titleSchema,
  descriptionHtml: descriptionSchema,
  vendor: titleSchema,
  productType: titleSchema,
  status: z.string(),
  /** Null while it is not in the online store. */
  onlineStoreUrl: addressSchema,
  media: nodes(z.object({ alt: titleSchema, image: z.object({ url: addressSchema }).nullish() })),
  variants: z.object({
    nodes: z.array(shopifyVariant).max(MAX_NODES),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
});
export type ShopifyProduct = z.output<typeof shopifyProduct>;

export const shopifySearch = z.object({
  products: z.object({
    nodes: z.array(shopifyProduct).max(MAX_NODES),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
  productsCount: z.object({ count: z.number().int() }).nullable(),
});

export const shopifyCursors = z.object({
  products: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

export const shopifyFound = z.object({ product: shopifyProduct.nullable() });

export const shopifyFoundVariant = z.object({
  productVariant: shopifyVariant.extend({ product: z.object({ id: gid, status: z.string() }) }).nullable(),
});

export const shopifyInfo = z.object({
  shop: z.object({ currencyCode: z.string() }),
  productsCount: z.object({ count: z.number().int() }).nullable(),
  currentAppInstallation: z.object({
    accessScopes: z.array(z.object({ handle: z.string() })).max(MAX_NODES),
  }),
});

export const shopifyCustomers = z.object({
  customers: nodes(
    z.object({
      id: gid,
      firstName: titleSchema,
      lastName: titleSchema,
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
    }),
  ),
});

const order = {
  name: titleSchema,
  email: z.string().nullable(),
  createdAt: momentSchema,
  displayFulfillmentStatus: titleSchema,
  totalPriceSet: money,
} as const;
export const shopifyOrders = z.object({ orders: nodes(z.object(order)) });
export type ShopifyOrder = z.output<typeof shopifyOrders>["orders"]["nodes"][number];

export const shopifyOrderDetails = z.object({
  orders: nodes(
    z.object({
      ...order,
      fulfillments: z
        .array(
          z.object({
            trackingInfo: z
              .array(z.object({ company: titleSchema, number: titleSchema, url: addressSchema }))
              .max(MAX_NODES),
          }),
        )
        .max(MAX_NODES),
      lineItems: nodes(z.object({ name: titleSchema, quantity: z.number() })),
    }),
  ),
});
export type ShopifyOrderDetails = z.output<typeof shopifyOrderDetails>["orders"]["nodes"][number];

/** Around every answer, refusals included: those come with status 200. */
export const shopifyEnvelope = z.object({
  data: z.unknown(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }),
    )
    .optional(),
});
