/**
 * Shopify by its Admin GraphQL API: the token of a custom app of the shop. Carts live in its customers' browsers, and what
 * belongs together is only known to its storefront: neither is offered.
 */
import type { z } from "zod";
import { createAnswerMemory } from "../answer-memory";
import { ConnectionProblem } from "../connection-problem";
import type { ConnectionSettings, CredentialsOf } from "../credentials";
import { minorToDecimal } from "../money";
import type { LiveQuery, LiveRight, PlatformAdapter } from "../port";
import { readShape } from "../read-answer";
import type { Resilience } from "../resilience";
import { openShopLine } from "../shop-line";
import { fromShopifyOrder, fromShopifyOrderDetails, fromShopifyProduct, toVariant } from "./products";
import { CURSORS, CUSTOMER, INFO, ONE_VARIANT, ORDER, ORDERS, PRODUCT, SEARCH } from "./questions";
import {
  shopifyCursors,
  shopifyCustomers,
  shopifyEnvelope,
  shopifyFound,
  shopifyFoundVariant,
  shopifyInfo,
  shopifyOrderDetails,
  shopifyOrders,
  shopifySearch,
} from "./shapes";

/** Shopify keeps a version for a year after the next one but two came. */
const API_VERSION = "2026-07";
/** Where pages of a search end: Shopify counts by cursors, agents by pages. */
const CURSOR_MEMORY = { freshMs: 300_000, maxAnswers: 500, maxChars: 200_000 };
/** Milliseconds: a bucket that ran empty has refilled for one question. */
const THROTTLED_MS = 1_000;

const scopes: readonly (readonly [scope: string, right: LiveRight])[] = [
  ["read_products", "products"],
  ["read_inventory", "stock"],
  ["read_customers", "customers"],
  ["read_orders", "orders"],
];

export function createShopifyAdapter(
  address: string,
  { accessToken }: CredentialsOf<"shopify">,
  { currency }: ConnectionSettings,
  resilience: Resilience,
): PlatformAdapter {
  const line = openShopLine({
    address: `${address}/admin/api/${API_VERSION}`,
    headers: () => ({ "x-shopify-access-token": accessToken }),
    resilience,
    // Throttling comes with status 200.
    readRefusal: (status, text) => (status === 200 && isThrottled(text) ? "busy" : null),
    pauseMs: THROTTLED_MS,
  });
  const ends = createAnswerMemory<string | null>(CURSOR_MEMORY);

  async function ask<Schema extends z.ZodType>(
    what: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    // Questions only: asked twice, they change nothing.
    const body = { query, variables };
    const answer = await line.get({ what, path: "/graphql.json", body }, shopifyEnvelope);
    const [error] = answer.errors ?? [];
    if (error !== undefined) {
      const denied = error.extensions?.code === "ACCESS_DENIED";
      throw new ConnectionProblem(denied ? "rights" : "shape", `${what}: ${error.message}`);
    }
    return readShape(schema, answer.data, what);
  }

  /** The cursor behind which a page begins; null for the first, undefined when there is no such page. */
  async function startOf(query: LiveQuery): Promise<string | null | undefined> {
    let after: string | null = null;
    for (let page = 1; page < query.page; page += 1) {
      const variables: Record<string, unknown> = { ...searchVariables(query, currency), after };
      const end: { readonly value: string | null } = await ends.get(JSON.stringify(variables), async () => {
        const { products } = await ask("products", CURSORS, variables, shopifyCursors);
        return products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
      });
      if (end.value === null) return undefined;
      after = end.value;
    }
    return after;
  }

  return {
    kind: "shopify",
    filters: ["brand", "category", "price", "inStock"],
    async info() {
      const info = await ask("info", INFO, {}, shopifyInfo);
      const granted = new Set(info.currentAppInstallation.accessScopes.map(({ handle }) => handle));
      return {
        platform: "Shopify",
        version: API_VERSION,
        products: info.productsCount?.count ?? null,
        currency: info.shop.currencyCode,
        missingRights: scopes.flatMap(([scope, right]) =>
          granted.has(scope) || granted.has(scope.replace("read_", "write_")) ? [] : [right],
        ),
      };
    },
    async search(query) {
      const after = await startOf(query);
      if (after === undefined) return { products: [], total: null, hasMore: false, facets: [] };
      const variables = { ...searchVariables(query, currency), after };
      const { products, productsCount } = await ask("products", SEARCH, variables, shopifySearch);
      return {
        products: products.nodes.map((product) => fromShopifyProduct(product, currency)),
        total: productsCount?.count ?? null,
        hasMore: products.pageInfo.hasNextPage,
        facets: [],
      };
    },
    async product(externalId) {
      if (!/^\d{1,20}$/.test(externalId)) return null;
      const id = `gid://shopify/Product/${externalId}`;
      const { product } = await ask("product", PRODUCT, { id }, shopifyFound);
      return product?.status === "ACTIVE" ? fromShopifyProduct(product, currency) : null;
    },
    async variant(productId, externalId) {
      if (!/^\d{1,20}$/.test(externalId)) return null;
      const id = `gid://shopify/ProductVariant/${externalId}`;
      const { productVariant: found } = await ask("variant", ONE_VARIANT, { id }, shopifyFoundVariant);
      if (found?.product.id !== productId || found.product.status !== "ACTIVE") return null;
      return toVariant(found, currency)[0] ?? null;
    },
    async customer({ email }) {
      const { customers } = await ask(
        "customers",
        CUSTOMER,
        { query: `email:${quoted(email)}` },
        shopifyCustomers,
      );
      const found = customers.nodes.find((one) => isSame(one.defaultEmailAddress?.emailAddress, email));
      if (found === undefined) return null;
      return {
        externalId: found.id,
        firstName: found.firstName,
        lastName: found.lastName,
        email,
      };
    },
    async orders({ email }) {
      const { orders } = await ask("orders", ORDERS, { query: `email:${quoted(email)}` }, shopifyOrders);
      return orders.nodes.filter((one) => isSame(one.email, email)).map(fromShopifyOrder);
    },
    async orderDetails({ email }, reference) {
      const query = `name:${quoted(reference)} AND email:${quoted(email)}`;
      const { orders } = await ask("order", ORDER, { query }, shopifyOrderDetails);
      const found = orders.nodes.find((one) => one.name === reference && isSame(one.email, email));
      return found ? fromShopifyOrderDetails(found) : null;
    },
    cartAddress: async ({ variantId, quantity }) =>
      `${address}/cart/add?${new URLSearchParams({ id: variantId, quantity: String(quantity) })}`,
  };
}

const isThrottled = (text: string) => /"code"\s*:\s*"THROTTLED"/.test(text.slice(0, 2_000));

const isSame = (one: string | null | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();

/** One word or phrase of Shopify's search language, in which quotes and backslashes are escaped. */
const quoted = (text: string) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** Beginnings of words, all of which must be found; what its search language gives a meaning (AND, -, :) is none here. */
function wordsOf(typed: string): string[] {
  return (typed.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*/gu) ?? []).map((word) => `${word}*`);
}

function searchVariables(query: LiveQuery, currency: string) {
  const words = wordsOf(query.words);
  const terms = [
    "status:active",
    ...words,
    ...(query.brand === undefined ? [] : [`vendor:${quoted(query.brand)}`]),
    ...(query.category === undefined ? [] : [`product_type:${quoted(query.category)}`]),
    ...(query.minMinor === undefined ? [] : [`price:>=${minorToDecimal(query.minMinor, currency)}`]),
    ...(query.maxMinor === undefined ? [] : [`price:<=${minorToDecimal(query.maxMinor, currency)}`]),
    ...(query.inStock ? ["inventory_total:>0"] : []),
  ];
  const sort = words.length > 0 ? "RELEVANCE" : "TITLE";
  return { query: terms.join(" AND "), first: query.pageSize, sort };
}
