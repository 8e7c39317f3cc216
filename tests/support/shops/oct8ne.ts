/**
 * A shop's adapter for Oct8ne, API 2.4. Names and shapes from adapters that shops published (LogiCommerce's plug-in for
 * one): methods below one address, prices as texts, JSONP when a callback is named, and, of ours, the signature that it checks.
 */
import { createHmac } from "node:crypto";
import { type Asked, type Reply, type StandIn, startStandIn } from "./stand-in";
import { ANNA, BRUNO, matches, orders, page, type StockItem, stock, toPay } from "./stock";

export const oct8neKeys = { apiToken: "token-test", signingSecret: "signing-test" };

/** @param wrap what the adapter puts around its JSON: some always answer as if a browser's script had asked */
export const startOct8ne = (wrap: (json: string) => string = (json) => json): Promise<StandIn> =>
  startStandIn((asked) => {
    const { body, ...reply } = answer(asked);
    return { ...reply, body: typeof body === "string" ? body : wrap(JSON.stringify(body)) };
  });

function answer(asked: Asked): Reply {
  const { url } = asked;
  const params = url.searchParams;
  if (params.get("apiToken") !== oct8neKeys.apiToken || !isSigned(asked))
    return { status: 403, body: "Forbidden" };
  const person = [ANNA, BRUNO].find(({ email }) => email === params.get("customerEmail"));
  const method = url.pathname.replace("/oct8ne/frame/", "");
  const byId = (id: string | null) => stock.filter((item) => String(item.id) === id);
  switch (method) {
    case "getAdapterInfo":
      return {
        body: {
          platform: "LogiCommerce",
          adapterName: "Oct8ne adapter",
          adapterVersion: "1.4.0",
          developedBy: "Shop",
          supportUrl: "",
          apiVersion: "2.4",
          enabled: true,
        },
      };
    case "search":
      return { body: search(params) };
    case "productInfo":
      return { body: byId(params.get("productIds")).map(info) };
    case "productSummary":
      return { body: byId(params.get("productIds")).map(summary) };
    case "productRelated": {
      const related = byId(params.get("productId")).flatMap((item) =>
        item.related.flatMap((id) => byId(String(id))),
      );
      return { body: { total: related.length, results: related.map(summary), filters: null } };
    }
    case "customerData":
      return { body: customer(person) };
    case "getCart":
      if (person === undefined) return { status: 404, body: "no such customer" };
      return {
        body: {
          price: 89.9,
          finalPrice: 95.85,
          currency: "EUR",
          totalItems: 1,
          cart: [{ internalId: 101, title: "Linen dress", qty: 1, price: 89.9 }],
        },
      };
    case "getOrders":
      return { body: orders.filter(({ customer }) => customer === person).map(order) };
    case "getOrderDetails": {
      const found = orders.find(
        (one) => one.reference === params.get("reference") && one.customer === person,
      );
      if (found === undefined) return { status: 404, body: "Order not found" };
      const { carrier, number, url: trackingUrl } = found.tracking;
      const products = found.lines.map(({ title, quantity }) => ({ name: title, quantity }));
      return { body: { ...order(found), carrier, trackingNumber: number, trackingUrl, products } };
    }
    default:
      return { status: 404, body: "no such method" };
  }
}

/** As docs/adapters.md tells shops to check it. */
function isSigned({ method, url, headers }: Asked): boolean {
  const [, seconds, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers["x-vetrina-signature"] ?? "") ?? [];
  const signed = `${seconds}.${method}.${url.pathname}${url.search}`;
  const mine = createHmac("sha256", oct8neKeys.signingSecret).update(signed).digest("hex");
  return given === mine && Math.abs(Date.now() / 1_000 - Number(seconds)) < 300;
}

const brands = ["Atelier", "Nordlys"];

function search(params: URLSearchParams) {
  const brand = params.get("brandsList");
  const found = stock
    .filter((item) => matches(item, params.get("search") ?? ""))
    .filter((item) => brand === null || brands.indexOf(item.brand) + 1 === Number(brand));
  const options = brands.map((valueLabel, index) => ({ value: index + 1, valueLabel, count: 1 }));
  return {
    total: found.length,
    results: page(found, Number(params.get("page")), Number(params.get("pageSize"))).map(summary),
    filters: { applied: [], available: [{ param: "brandsList", paramLabel: "Brands", options }] },
  };
}

const price = (minor: number) =>
  new Intl.NumberFormat("de", { style: "currency", currency: "EUR" }).format(minor / 100);

function summary(item: StockItem) {
  const [first] = item.variants;
  if (first === undefined) throw new Error("every item has a variant");
  return {
    internalId: item.id,
    reference: item.sku,
    title: item.name,
    formattedPrice: price(toPay(first)),
    formattedPrevPrice: price(first.priceMinor),
    productUrl: `https://shop.example/p/${item.id}`,
    thumbnail: `//shop.example/img/${item.id}-small.jpg`,
  };
}

const info = (item: StockItem) => ({
  ...summary(item),
  description: item.description,
  longDescription: null,
  useProductUrl: true,
  addToCartUrl: `https://shop.example/cart/add/${item.id}`,
  medias: [`https://shop.example/img/${item.id}.jpg`, `https://shop.example/img/${item.id}-back.jpg`],
});

const customer = (person: typeof ANNA | undefined) =>
  person === undefined
    ? { id: null, firstName: null, lastName: null, email: null, wishlist: null, cart: null }
    : { ...person, wishlist: [{ internalId: 102, title: "Linen scarf" }], cart: [] };

const order = (one: (typeof orders)[number]) => ({
  reference: one.reference,
  date: one.placedAt.replace("T", " ").replace("Z", ""),
  total: price(one.totalMinor),
  currency: "EUR",
  labelState: one.state,
  deliveryDate: "",
});
