/**
 * PrestaShop by its webservice: a key that may read (GET) the resources named in docs/adapters.md. Prices come with taxes,
 * as its shoppers see them. Its carts belong to browsers; the webservice does not say which of them is still open.
 */
import type { ConnectionSettings, CredentialsOf } from "../credentials";
import type { LiveFacet, LiveProduct, LiveQuery, LiveRight, PlatformAdapter } from "../port";
import type { Resilience } from "../resilience";
import { hasRight, unlessRefused } from "../rights";
import type { Params } from "../shop-line";
import { anyOf, full, plain } from "./filters";
import { type NamedResource, openPrestaLine } from "./presta-line";
import { createPrestaPeople } from "./presta-people";
import { fromPrestaProduct } from "./products";
import {
  type PrestaProduct,
  prestaCombinations,
  prestaOptionValues,
  prestaProducts,
  prestaStock,
} from "./shapes";

const MAX_RELATED = 12;
const MAX_WORDS = 6;

export function createPrestaShopAdapter(
  address: string,
  { key }: CredentialsOf<"prestashop">,
  settings: ConnectionSettings,
  resilience: Resilience,
): PlatformAdapter {
  const { currency } = settings;
  const shop = openPrestaLine(address, key, settings, resilience);

  async function listProducts(params: Params): Promise<readonly PrestaProduct[]> {
    return shop.rows("products", prestaProducts, [...full, ...(await shop.priceParams()), ...params]);
  }

  async function whole(products: readonly PrestaProduct[]): Promise<LiveProduct[]> {
    if (products.length === 0) return [];
    const ofThese: Params = [["filter[id_product]", anyOf(products.map(({ id }) => id))]];
    const some = products.some(({ associations }) => (associations?.combinations ?? []).length > 0);
    const [combinations, stock, categories] = await Promise.all([
      some
        ? shop.rows("combinations", prestaCombinations, [...full, ...(await shop.priceParams()), ...ofThese])
        : [],
      unlessRefused(shop.rows("stock_availables", prestaStock, [...full, ...ofThese])),
      shop.names("categories"),
    ]);
    const valueIds = combinations.flatMap(({ associations }) => associations?.product_option_values ?? []);
    const options = await optionsOf([...new Set(valueIds.map(({ id }) => id))]);
    const context = { address, currency, combinations, stock, categories, options };
    return products.map((product) => fromPrestaProduct(product, context));
  }

  async function optionsOf(ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, { name: string; value: string }>();
    const [values, groups] = await Promise.all([
      shop.rows("product_option_values", prestaOptionValues, [...full, ["filter[id]", anyOf(ids)]]),
      shop.names("product_options"),
    ]);
    return new Map(
      values.map(({ id, id_attribute_group, name }) => [
        id,
        { name: groups.get(id_attribute_group) ?? "", value: name },
      ]),
    );
  }

  async function findProduct(externalId: string): Promise<PrestaProduct | null> {
    if (!/^\d{1,12}$/.test(externalId)) return null;
    const [found] = await listProducts([["filter[id]", anyOf([externalId])]]);
    return found?.active === 1 ? found : null;
  }

  async function facet(filter: "brand" | "category", resource: NamedResource): Promise<LiveFacet[]> {
    const names = await shop.names(resource);
    const options = [...names].map(([value, label]) => ({ value, label, count: null }));
    return options.length > 0 ? [{ filter, label: "", options }] : [];
  }

  return {
    kind: "prestashop",
    filters: ["brand", "category"],
    async info() {
      const one: Params = [
        ["output_format", "JSON"],
        ["limit", "1"],
      ];
      const products = await shop.line.send({ what: "products", path: "/products", params: one });
      const [own, stock, customers, orders] = await Promise.all([
        shop.currencyId(),
        hasRight(shop.line, "/stock_availables", one),
        hasRight(shop.line, "/customers", one),
        hasRight(shop.line, "/orders", one),
      ]);
      const rights: readonly (readonly [LiveRight, boolean])[] = [
        ["stock", stock],
        ["customers", customers],
        ["orders", orders],
      ];
      return {
        platform: "PrestaShop",
        version: products.header("psws-version") ?? "",
        products: null,
        currency: own === null ? null : currency,
        missingRights: rights.flatMap(([right, has]) => (has ? [] : [right])),
      };
    },
    serves: async () => (await shop.currencyId()) !== null && (await shop.speaks()),
    async search(query) {
      const [rows, brands, categories] = await Promise.all([
        listProducts(searchParams(query)),
        facet("brand", "manufacturers"),
        facet("category", "categories"),
      ]);
      return {
        products: await whole(rows.slice(0, query.pageSize)),
        total: null,
        hasMore: rows.length > query.pageSize,
        facets: [...categories, ...brands],
      };
    },
    async product(externalId) {
      const found = await findProduct(externalId);
      const [product] = found ? await whole([found]) : [];
      return product ?? null;
    },
    async related(externalId) {
      const found = await findProduct(externalId);
      const ids = (found?.associations?.accessories ?? []).map(({ id }) => id).slice(0, MAX_RELATED);
      if (ids.length === 0) return [];
      return whole(
        await listProducts([
          ["filter[id]", anyOf(ids)],
          ["filter[active]", "[1]"],
        ]),
      );
    },
    ...createPrestaPeople(shop, currency),
    async cartAddress({ variantId, quantity }) {
      const [, product, combination = "0"] = /^(\d+)(?:-(\d+))?$/.exec(variantId) ?? [];
      if (product === undefined) return null;
      const params = { controller: "cart", add: "1", id_product: product, id_product_attribute: combination };
      return `${address}/index.php?${new URLSearchParams({ ...params, qty: String(quantity) })}`;
    },
  };
}

/** Words in the order in which they are typed: its filter knows no other. One row more than shown tells of a next page. */
function searchParams(query: LiveQuery): Params {
  const words = plain(query.words).split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  return [
    ["filter[active]", "[1]"],
    ["sort", "[name_ASC]"],
    ["limit", `${(query.page - 1) * query.pageSize},${query.pageSize + 1}`],
    ...(words.length > 0 ? [["filter[name]", `%[${words.join("%")}]%`] as const] : []),
    ...(query.category === undefined
      ? []
      : [["filter[id_category_default]", anyOf([query.category])] as const]),
    ...(query.brand === undefined ? [] : [["filter[id_manufacturer]", anyOf([query.brand])] as const]),
  ];
}
