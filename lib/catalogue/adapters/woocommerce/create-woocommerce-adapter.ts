/**
 * WooCommerce by its REST API v3 (woocommerce.github.io/woocommerce-rest-api-docs): keys with read rights, as Basic
 * authentication. Carts live in its customers' browsers; this API has none.
 */
import { createAnswerMemory } from "../answer-memory";
import type { ConnectionSettings, CredentialsOf } from "../credentials";
import { minorToDecimal } from "../money";
import type { LiveFacet, LiveProduct, LiveQuery, PlatformAdapter } from "../port";
import type { Resilience } from "../resilience";
import { hasRight, unlessRefused } from "../rights";
import { openShopLine, type Params, type ShopLine } from "../shop-line";
import { fromWooOrder, fromWooOrderDetails, fromWooProduct } from "./products";
import {
  wooCategories,
  wooCurrency,
  wooCustomers,
  wooOrder,
  wooOrders,
  wooProduct,
  wooProducts,
  wooStatus,
  wooVariation,
  wooVariations,
} from "./shapes";

/** What the API allows at most in one answer. */
const MAX_PAGE = 100;
/** Products shown beside another one. */
const MAX_RELATED = 12;
const MAX_ORDERS = 20;
/** Categories seldom change, milliseconds. */
const CATEGORIES = { freshMs: 600_000, maxAnswers: 1, maxChars: 1_000_000 };

export function createWooCommerceAdapter(
  address: string,
  credentials: CredentialsOf<"woocommerce">,
  { currency }: ConnectionSettings,
  resilience: Resilience,
): PlatformAdapter {
  const login = Buffer.from(`${credentials.consumerKey}:${credentials.consumerSecret}`).toString("base64");
  const line = openShopLine({
    address: `${address}/wp-json/wc/v3`,
    headers: () => ({ authorization: `Basic ${login}` }),
    resilience,
    // 401 means both; its code tells which.
    readRefusal: (status, text) =>
      status === 401 && text.includes("woocommerce_rest_cannot_") ? "rights" : null,
  });
  const facets = createAnswerMemory<readonly LiveFacet[]>(CATEGORIES);

  const list = (params: Params) =>
    line.list(
      { what: "products", path: "/products", params: [["status", "publish"], ...params] },
      wooProducts,
      "x-wp-total",
    );

  async function find(externalId: string) {
    if (!isNumber(externalId)) return null;
    const found = await line.find({ what: "product", path: `/products/${externalId}` }, wooProduct);
    return found?.status === "publish" && found.type !== "variation" ? found : null;
  }

  async function findCustomer(email: string) {
    const params: Params = [
      ["email", email],
      ["role", "all"],
    ];
    const found = await line.get({ what: "customers", path: "/customers", params }, wooCustomers);
    return found.find((one) => one.email.toLowerCase() === email.toLowerCase()) ?? null;
  }

  return {
    kind: "woocommerce",
    filters: ["category", "price", "inStock"],
    async info() {
      const { total } = await list([["per_page", "1"]]);
      const [status, money, customers, orders] = await Promise.all([
        unlessRefused(line.get({ what: "system_status", path: "/system_status" }, wooStatus)),
        unlessRefused(line.get({ what: "currency", path: "/data/currencies/current" }, wooCurrency)),
        hasRight(line, "/customers"),
        hasRight(line, "/orders"),
      ]);
      return {
        platform: "WooCommerce",
        version: status?.environment.version ?? "",
        products: total,
        currency: money?.code ?? null,
        missingRights: [...(customers ? [] : ["customers" as const]), ...(orders ? [] : ["orders" as const])],
      };
    },
    async search(query) {
      const [{ items, total }, categories] = await Promise.all([
        list(searchParams(query, currency)),
        facets.get("categories", () => listCategories(line)),
      ]);
      return {
        products: items.map((product) => fromWooProduct(product, null, currency)),
        total,
        hasMore: total === null ? items.length === query.pageSize : query.page * query.pageSize < total,
        facets: categories.value,
      };
    },
    async product(externalId): Promise<LiveProduct | null> {
      const found = await find(externalId);
      if (found === null) return null;
      const path = `/products/${found.id}/variations`;
      const params: Params = [["per_page", String(MAX_PAGE)]];
      const variations =
        found.type === "variable" ? await line.get({ what: "variations", path, params }, wooVariations) : [];
      // Of more than a page the others are not gone.
      return { ...fromWooProduct(found, variations, currency), whole: variations.length < MAX_PAGE };
    },
    async variant(productId, externalId) {
      if (!isNumber(externalId)) return null;
      const parent = await find(productId);
      if (parent === null) return null;
      const path = `/products/${parent.id}/variations/${externalId}`;
      const found = await line.find({ what: "variation", path }, wooVariation);
      return found ? (fromWooProduct(parent, [found], currency).variants[0] ?? null) : null;
    },
    async related(externalId) {
      const found = await find(externalId);
      const ids = new Set([
        ...(found?.cross_sell_ids ?? []),
        ...(found?.upsell_ids ?? []),
        ...(found?.related_ids ?? []),
      ]);
      if (ids.size === 0) return [];
      const { items } = await list([
        ["include", [...ids].slice(0, MAX_RELATED).join(",")],
        ["orderby", "include"],
        ["per_page", String(MAX_RELATED)],
      ]);
      return items.map((product) => fromWooProduct(product, null, currency));
    },
    async customer({ email }) {
      const found = await findCustomer(email);
      return (
        found && {
          externalId: found.id,
          firstName: found.first_name,
          lastName: found.last_name,
          email: found.email,
        }
      );
    },
    async orders({ email }) {
      const customer = await findCustomer(email);
      if (customer === null) return [];
      const params: Params = [
        ["customer", customer.id],
        ["per_page", String(MAX_ORDERS)],
        ["orderby", "date"],
        ["order", "desc"],
      ];
      return (await line.get({ what: "orders", path: "/orders", params }, wooOrders)).map(fromWooOrder);
    },
    async orderDetails({ email }, reference) {
      const customer = isNumber(reference) ? await findCustomer(email) : null;
      if (customer === null) return null;
      const found = await line.find({ what: "order", path: `/orders/${reference}` }, wooOrder);
      return found?.customer_id === customer.id ? fromWooOrderDetails(found) : null;
    },
    cartAddress: async ({ variantId, quantity }) =>
      `${address}/?${new URLSearchParams({ "add-to-cart": variantId, quantity: String(quantity) })}`,
  };
}

const isNumber = (id: string) => /^\d{1,20}$/.test(id);

async function listCategories(line: ShopLine): Promise<readonly LiveFacet[]> {
  const params: Params = [
    ["hide_empty", "true"],
    ["per_page", String(MAX_PAGE)],
  ];
  const found = await line.get({ what: "categories", path: "/products/categories", params }, wooCategories);
  if (found.length === 0) return [];
  // Its counts are those of the whole category, not of this search.
  const options = found.map(({ id, name }) => ({ value: id, label: name, count: null }));
  return [{ filter: "category", label: "", options }];
}

function searchParams(query: LiveQuery, currency: string): Params {
  const params: [string, string][] = [
    ["page", String(query.page)],
    ["per_page", String(Math.min(query.pageSize, MAX_PAGE))],
  ];
  if (query.words.trim() !== "") params.push(["search", query.words.trim()]);
  if (query.category !== undefined) params.push(["category", query.category]);
  if (query.inStock) params.push(["stock_status", "instock"]);
  if (query.minMinor !== undefined) params.push(["min_price", minorToDecimal(query.minMinor, currency)]);
  if (query.maxMinor !== undefined) params.push(["max_price", minorToDecimal(query.maxMinor, currency)]);
  return params;
}
