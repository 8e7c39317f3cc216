/**
 * A shop's adapter as it was written for Oct8ne: the same methods and structures, asked by our server instead of by
 * browsers, with the shop's apiToken and our signature. JSON and JSONP are both taken.
 */
import type { ConnectionSettings, CredentialsOf } from "../credentials";
import type { CustomerRef, LiveFacet, LiveFilter, PlatformAdapter } from "../port";
import type { Resilience } from "../resilience";
import { openShopLine, type Params, type ShopRequest } from "../shop-line";
import {
  fromOct8neOrder,
  fromOct8neOrderDetails,
  fromOct8neProduct,
  fromOct8neSummary,
  readAmount,
} from "./products";
import {
  oct8neCart,
  oct8neCustomer,
  oct8neInfo,
  oct8neOrderDetails,
  oct8neOrders,
  oct8neProducts,
  oct8neRelated,
  oct8neSearch,
} from "./shapes";
import { signRequest } from "./sign-request";
import { readJsonOrCall } from "./strip-callback";

/** Its adapters know one filter by name. */
const filterOf: Readonly<Record<string, LiveFilter | undefined>> = { brandsList: "brand" };
const ORDERS_ASKED = 20;

export function createOct8neAdapter(
  address: string,
  { apiToken, signingSecret }: CredentialsOf<"oct8ne">,
  { currency, locale }: ConnectionSettings,
  resilience: Resilience,
): PlatformAdapter {
  const line = openShopLine({
    address,
    headers: (request) => ({
      "x-vetrina-signature": signRequest(signingSecret ?? apiToken, request, new Date()),
    }),
    resilience,
    // Published adapters answer a wrong token with 403.
    readRefusal: (status) => (status === 403 ? "keys" : null),
    readBody: readJsonOrCall,
  });

  const call = (method: string, params: Params): ShopRequest => ({
    what: method,
    path: `/${method}`,
    params: [...params, ["locale", locale], ["currency", currency], ["apiToken", apiToken]],
  });
  const whose = ({ email }: CustomerRef): Params => [["customerEmail", email]];

  async function findProduct(id: string) {
    const found = await line.find(call("productInfo", [["productIds", id]]), oct8neProducts);
    return found?.find(({ internalId }) => internalId === id) ?? null;
  }

  return {
    kind: "oct8ne",
    filters: ["brand"],
    async info() {
      const info = await line.get(call("getAdapterInfo", []), oct8neInfo);
      return {
        platform: [info.platform, info.adapterName].filter(Boolean).join(", "),
        version: info.adapterVersion || info.apiVersion,
        products: null,
        currency: null,
        missingRights: [],
      };
    },
    async search({ words, brand, page, pageSize }) {
      const params: [string, string][] = [
        ["search", words],
        ["page", String(page)],
        ["pageSize", String(pageSize)],
        ["orderBy", "relevance"],
        ["dir", "asc"],
      ];
      if (brand !== undefined) params.push(["brandsList", brand]);
      const { total, results, filters } = await line.get(call("search", params), oct8neSearch);
      return {
        products: results.map((product) => fromOct8neSummary(product, currency)),
        total,
        hasMore: page * pageSize < total,
        facets: (filters?.available ?? []).flatMap(({ param, paramLabel, options }): LiveFacet[] => {
          const filter = filterOf[param];
          if (filter === undefined) return [];
          const choices = options.map(({ value, valueLabel, count }) => ({
            value,
            label: valueLabel,
            count: count ?? null,
          }));
          return [{ filter, label: paramLabel, options: choices }];
        }),
      };
    },
    async product(externalId) {
      const product = await findProduct(externalId);
      return product ? fromOct8neProduct(product, currency) : null;
    },
    async related(externalId) {
      const found = await line.find(call("productRelated", [["productId", externalId]]), oct8neRelated);
      return (found?.results ?? []).map((product) => fromOct8neSummary(product, currency));
    },
    async cart(customer) {
      const found = await line.find(call("getCart", whose(customer)), oct8neCart);
      if (found === null) return null;
      return {
        currency: found.currency,
        totalMinor: readAmount(found.finalPrice, found.currency, "getCart.finalPrice"),
        lines: found.cart.map(({ internalId, title, qty, price }) => ({
          externalId: internalId,
          title,
          quantity: qty,
          totalMinor:
            price === undefined || price === null
              ? null
              : readAmount(price, found.currency, "getCart.cart.price"),
        })),
      };
    },
    async customer(customer) {
      const found = await line.find(call("customerData", whose(customer)), oct8neCustomer);
      // An adapter that only looks at a browser's session knows nobody here, or somebody else.
      if (!found?.id || found.email?.toLowerCase() !== customer.email.toLowerCase()) return null;
      return {
        externalId: found.id,
        firstName: found.firstName,
        lastName: found.lastName,
        email: found.email,
      };
    },
    async orders(customer) {
      const params: Params = [...whose(customer), ["page", "1"], ["pageSize", String(ORDERS_ASKED)]];
      const found = await line.find(call("getOrders", params), oct8neOrders);
      return (found ?? []).map((order) => fromOct8neOrder(order, currency));
    },
    async orderDetails(customer, reference) {
      const params: Params = [...whose(customer), ["reference", reference]];
      const found = await line.find(call("getOrderDetails", params), oct8neOrderDetails);
      return found?.reference === reference ? fromOct8neOrderDetails(found, currency) : null;
    },
    cartAddress: async ({ variantId }) => (await findProduct(variantId))?.addToCartUrl || null,
  };
}
