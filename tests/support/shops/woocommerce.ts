/**
 * WooCommerce's REST API v3. Shapes from its documentation (woocommerce-rest-api-docs, "Products", "Product variations",
 * "Customers", "Orders"): fields, texts for prices, totals in headers, codes of refusals.
 */
import { type Asked, type Reply, startStandIn } from "./stand-in";
import {
  ANNA,
  BRUNO,
  decimal,
  hasOptions,
  isOnSale,
  matches,
  orders,
  page,
  type StockItem,
  type StockVariant,
  stock,
  toPay,
  WIDE,
} from "./stock";

export const wooKeys = { consumerKey: "ck_test", consumerSecret: "cs_test" };

export const startWooCommerce = () => startStandIn(answer);

function answer({ url, headers }: Asked): Reply {
  const login = Buffer.from(`${wooKeys.consumerKey}:${wooKeys.consumerSecret}`).toString("base64");
  if (headers.authorization !== `Basic ${login}`) {
    return refusal(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.");
  }
  const path = url.pathname.replace(/^\/wp-json\/wc\/v3/, "");
  const [, id, below, one] = /^\/products\/(\d+)(\/variations(?:\/(\d+))?)?$/.exec(path) ?? [];
  if (path === "/products") return products(url.searchParams);
  if (id !== undefined) {
    const item = [...stock, WIDE].find((known) => known.id === Number(id));
    if (item === undefined) return refusal(404, "woocommerce_rest_product_invalid_id", "Invalid ID.");
    if (below === undefined) return { body: product(item) };
    if (one === undefined) return { body: variationsPage(item, url.searchParams).map(variation) };
    const found = item.variants.find((variant) => variant.id === Number(one));
    return found
      ? { body: variation(found) }
      : refusal(404, "woocommerce_rest_product_variation_invalid_id", "Invalid ID.");
  }
  if (path === "/products/categories") {
    return {
      body: [...new Map(stock.map(({ category }) => [category.id, { ...category, count: 3 }])).values()],
    };
  }
  if (path === "/system_status") return { body: { environment: { version: "10.3.1" } } };
  if (path === "/data/currencies/current") return { body: { code: "EUR", name: "Euro", symbol: "&euro;" } };
  if (path === "/customers") return customers(url.searchParams.get("email"));
  if (path === "/orders") {
    return {
      body: orders
        .filter(({ customer }) => String(customer.id) === url.searchParams.get("customer"))
        .map(order),
    };
  }
  const found = orders.find((one) => path === `/orders/${one.id}`);
  return found
    ? { body: order(found) }
    : refusal(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
}

function products(params: URLSearchParams): Reply {
  const wanted = params.get("include")?.split(",");
  const [least, most] = [
    Number(params.get("min_price") ?? 0),
    Number(params.get("max_price") ?? Number.POSITIVE_INFINITY),
  ];
  const found = stock
    .filter((item) => matches(item, params.get("search") ?? ""))
    .filter(({ id }) => wanted === undefined || wanted.includes(String(id)))
    .filter(
      ({ category }) => params.get("category") === null || String(category.id) === params.get("category"),
    )
    .filter((item) => params.get("stock_status") === null || isInStock(item))
    .filter((item) => cheapest(item) / 100 >= least && cheapest(item) / 100 <= most);
  const size = Number(params.get("per_page") ?? 10);
  return {
    headers: {
      "x-wp-total": String(found.length),
      "x-wp-totalpages": String(Math.ceil(found.length / size)),
    },
    body: page(found, Number(params.get("page") ?? 1), size).map(product),
  };
}

const isInStock = ({ variants }: StockItem) => variants.some(({ quantity }) => quantity > 0);
const cheapest = ({ variants }: StockItem) => Math.min(...variants.map(toPay));

function product(item: StockItem) {
  const variable = hasOptions(item);
  const [first] = item.variants;
  if (first === undefined) throw new Error("every item has a variant");
  return {
    ...priced(first),
    ...(variable && {
      regular_price: "",
      sale_price: "",
      price: decimal(cheapest(item)),
      manage_stock: false,
      stock_quantity: null,
    }),
    id: item.id,
    name: item.name,
    slug: item.sku.toLowerCase(),
    permalink: `https://shop.example/product/${item.id}/`,
    type: variable ? "variable" : "simple",
    status: "publish",
    sku: item.sku,
    description: item.description,
    short_description: "",
    stock_status: isInStock(item) ? "instock" : "outofstock",
    categories: [{ id: item.category.id, name: item.category.name, slug: "x" }],
    brands: [{ id: 1, name: item.brand, slug: "x" }],
    attributes: variable
      ? [
          {
            id: 1,
            name: "Color",
            variation: true,
            options: [...new Set(item.variants.map(({ color }) => color))],
          },
          {
            id: 2,
            name: "Size",
            variation: true,
            options: [...new Set(item.variants.map(({ size }) => size))],
          },
        ]
      : [],
    images: [{ id: 1, src: `https://shop.example/img/${item.id}.jpg`, name: "", alt: item.name }],
    variations: variable ? item.variants.map(({ id }) => id) : [],
    related_ids: item.related,
    upsell_ids: [],
    cross_sell_ids: [],
  };
}

/** At most a hundred, whatever is asked for. */
const variationsPage = ({ variants }: StockItem, params: URLSearchParams) =>
  page(variants, Number(params.get("page") ?? 1), Math.min(100, Number(params.get("per_page") ?? 10)));

function variation(one: StockVariant) {
  return {
    ...priced(one),
    id: one.id,
    status: "publish",
    attributes: [
      { id: 1, name: "Color", option: one.color },
      { id: 2, name: "Size", option: one.size },
    ],
  };
}

function priced(one: StockVariant) {
  return {
    sku: one.sku,
    global_unique_id: "",
    price: decimal(toPay(one)),
    regular_price: decimal(one.priceMinor),
    sale_price: one.saleMinor === null ? "" : decimal(one.saleMinor),
    on_sale: isOnSale(one),
    manage_stock: true,
    stock_quantity: one.quantity,
    stock_status: one.quantity > 0 ? "instock" : "outofstock",
    backorders: "no",
  };
}

function customers(email: string | null): Reply {
  const found = [ANNA, BRUNO].filter((one) => one.email === email);
  return {
    body: found.map(({ id, email, firstName, lastName }) => ({
      id,
      email,
      first_name: firstName,
      last_name: lastName,
    })),
  };
}

const order = (one: (typeof orders)[number]) => ({
  id: one.id,
  number: String(one.id),
  status: one.state,
  currency: "EUR",
  total: decimal(one.totalMinor),
  date_created_gmt: one.placedAt.replace("Z", ""),
  customer_id: one.customer.id,
  shipping_lines: [{ id: 1, method_title: one.tracking.carrier, method_id: "flat_rate" }],
  line_items: one.lines.map(({ title, quantity }) => ({ name: title, quantity, total: "1.00" })),
});

const refusal = (status: number, code: string, message: string): Reply => ({
  status,
  body: { code, message, data: { status } },
});
