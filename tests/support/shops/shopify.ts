/**
 * Shopify's Admin GraphQL API. Shapes from shopify.dev (Product, ProductVariant, Order, search syntax, rate limits): it
 * answers our questions by their names and reads of the search language what we write in it; it is no GraphQL engine.
 */
import { z } from "zod";
import { type Asked, type Reply, startStandIn } from "./stand-in";
import {
  ANNA,
  BRUNO,
  decimal,
  hasOptions,
  orders,
  type StockItem,
  type StockVariant,
  stock,
  toPay,
  WIDE,
} from "./stock";

export const shopifyKeys = { accessToken: "shpat_test" };

export const startShopify = () => startStandIn(answer);

const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });

function answer({ method, url, headers, body }: Asked): Reply {
  if (!/^\/admin\/api\/\d{4}-\d{2}\/graphql\.json$/.test(url.pathname) || method !== "POST")
    return { status: 404 };
  if (headers["x-shopify-access-token"] !== shopifyKeys.accessToken) {
    return {
      status: 401,
      body: { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" },
    };
  }
  const { query, variables } = question.parse(JSON.parse(body));
  const text = String(variables.query ?? "");
  const email = /email:"([^"]*)"/.exec(text)?.[1];
  switch (/^query (\w+)/.exec(query)?.[1]) {
    case "Info":
      return data({
        shop: { currencyCode: "EUR" },
        productsCount: { count: stock.length },
        currentAppInstallation: {
          accessScopes: ["read_products", "read_inventory", "read_customers", "read_orders"].map(
            (handle) => ({ handle }),
          ),
        },
      });
    case "Search": {
      const { items, pageInfo } = search(variables);
      return data({
        products: { nodes: items.map(product), pageInfo },
        productsCount: { count: finds(text).length },
      });
    }
    case "Cursors":
      return data({ products: { pageInfo: search(variables).pageInfo } });
    case "Product": {
      const item = sold.find(({ id }) => variables.id === `gid://shopify/Product/${id}`);
      return data({ product: item ? product(item) : null });
    }
    case "Variant": {
      const item = sold.find(({ variants }) => variants.some((one) => variables.id === variantGid(one)));
      const found = item?.variants.find((one) => variables.id === variantGid(one));
      if (item === undefined || found === undefined) return data({ productVariant: null });
      const { id, status } = product(item);
      return data({ productVariant: { ...variant(found, hasOptions(item)), product: { id, status } } });
    }
    case "Customer":
      return data({ customers: { nodes: [ANNA, BRUNO].filter((one) => one.email === email).map(customer) } });
    case "Orders":
      return data({ orders: { nodes: orders.filter((one) => one.customer.email === email).map(order) } });
    case "Order": {
      const found = orders.filter(
        (one) => text.includes(`name:"${one.reference}"`) && one.customer.email === email,
      );
      return data({ orders: { nodes: found.map(details) } });
    }
    default:
      return { body: { errors: [{ message: "syntax error", extensions: { code: "undefinedField" } }] } };
  }
}

const data = (value: unknown): Reply => ({
  body: { data: value, extensions: { cost: { requestedQueryCost: 12, actualQueryCost: 9 } } },
});

/** What Shopify says, with status 200, when the bucket is empty. */
export const throttled: Reply = {
  body: {
    errors: [
      {
        message: "Throttled",
        extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" },
      },
    ],
    extensions: { cost: { requestedQueryCost: 752, actualQueryCost: null } },
  },
};

function finds(text: string): readonly StockItem[] {
  return text
    .split(" AND ")
    .reduce<readonly StockItem[]>((found, term) => found.filter((item) => fits(item, term)), stock);
}

function fits(item: StockItem, term: string): boolean {
  const [, field, value = ""] = /^(\w+):"?(.*?)"?$/.exec(term) ?? [];
  const prices = item.variants.map((variant) => toPay(variant) / 100);
  switch (field) {
    case undefined:
      return item.name
        .toLowerCase()
        .split(" ")
        .some((word) => word.startsWith(term.replace("*", "")));
    case "status":
      return value === "active";
    case "vendor":
      return item.brand === value;
    case "product_type":
      return item.category.name === value;
    case "inventory_total":
      return item.variants.some(({ quantity }) => quantity > 0);
    case "price":
      return prices.some((price) =>
        value.startsWith(">=") ? price >= Number(value.slice(2)) : price <= Number(value.slice(2)),
      );
    default:
      return false;
  }
}

function search(variables: Readonly<Record<string, unknown>>) {
  const found = finds(String(variables.query));
  const start = variables.after === null ? 0 : Number(variables.after);
  const items = found.slice(start, start + Number(variables.first));
  const end = start + items.length;
  return {
    items,
    pageInfo: { hasNextPage: end < found.length, endCursor: items.length > 0 ? String(end) : null },
  };
}

const sold: readonly StockItem[] = [...stock, WIDE];
/** In one answer. */
const MAX_VARIANTS = 250;
const variantGid = ({ id }: StockVariant) => `gid://shopify/ProductVariant/${id}`;

const product = (item: StockItem) => ({
  id: `gid://shopify/Product/${item.id}`,
  title: item.name,
  descriptionHtml: item.description,
  vendor: item.brand,
  productType: item.category.name,
  status: "ACTIVE",
  onlineStoreUrl: `https://shop.example/products/${item.id}`,
  media: { nodes: [{ alt: null, image: { url: `https://cdn.shopify.example/${item.id}.jpg` } }] },
  variants: {
    nodes: item.variants.slice(0, MAX_VARIANTS).map((one) => variant(one, hasOptions(item))),
    pageInfo: { hasNextPage: item.variants.length > MAX_VARIANTS },
  },
});

const variant = (one: StockVariant, options: boolean) => ({
  id: variantGid(one),
  title: options ? `${one.color} / ${one.size}` : "Default Title",
  sku: one.sku,
  barcode: null,
  price: decimal(toPay(one)),
  compareAtPrice: one.saleMinor === null ? null : decimal(one.priceMinor),
  availableForSale: one.quantity > 0,
  inventoryPolicy: "DENY",
  inventoryQuantity: one.quantity,
  inventoryItem: { tracked: true },
  selectedOptions: options
    ? [
        { name: "Color", value: one.color },
        { name: "Size", value: one.size },
      ]
    : [{ name: "Title", value: "Default Title" }],
});

const customer = ({ id, email, firstName, lastName }: typeof ANNA) => ({
  id: `gid://shopify/Customer/${id}`,
  firstName,
  lastName,
  defaultEmailAddress: { emailAddress: email },
});

const order = (one: (typeof orders)[number]) => ({
  name: one.reference,
  email: one.customer.email,
  createdAt: one.placedAt,
  displayFulfillmentStatus: one.state,
  totalPriceSet: { shopMoney: { amount: decimal(one.totalMinor), currencyCode: "EUR" } },
});

const details = (one: (typeof orders)[number]) => ({
  ...order(one),
  fulfillments: [
    { trackingInfo: [{ company: one.tracking.carrier, number: one.tracking.number, url: one.tracking.url }] },
  ],
  lineItems: { nodes: one.lines.map(({ title, quantity }) => ({ name: title, quantity })) },
});
