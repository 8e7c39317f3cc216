/**
 * Magento 2 (Adobe Commerce) by its REST API: the access token of an integration. Products are known by their SKU, which
 * is what the shop's pages and feeds name, too.
 */
import type { ConnectionSettings, CredentialsOf } from "../credentials";
import { minorToDecimal } from "../money";
import type { LiveProduct, LiveQuery, LiveRight, PlatformAdapter } from "../port";
import type { Resilience } from "../resilience";
import { hasRight, unlessRefused } from "../rights";
import { openShopLine } from "../shop-line";
import { createMagentoContext } from "./magento-context";
import { createMagentoPeople } from "./magento-people";
import { fromMagentoProduct, isActive } from "./products";
import { type Condition, type Criteria, searchCriteria } from "./search-criteria";
import { type MagentoProduct, magentoProducts } from "./shapes";

/** Children asked for with one page of products; those of further products come when one is opened. */
const MAX_CHILDREN = 150;
const MAX_RELATED = 12;
const MAX_WORDS = 6;
/** On sale, and found by search or in the catalogue. */
const sold: readonly (readonly Condition[])[] = [[["status", "1", "eq"]], [["visibility", "2,3,4", "in"]]];

export function createMagentoAdapter(
  address: string,
  { accessToken }: CredentialsOf<"magento">,
  { currency }: ConnectionSettings,
  resilience: Resilience,
): PlatformAdapter {
  const line = openShopLine({
    // With a store view in it ("https://shop.example/rest/de"), that view is asked.
    address: /\/rest\/\w+$/.test(address) ? `${address}/V1` : `${address}/rest/V1`,
    headers: () => ({ authorization: `Bearer ${accessToken}` }),
    resilience,
  });
  const context = createMagentoContext(line, currency);

  const list = (criteria: Criteria) =>
    line.get({ what: "products", path: "/products", params: searchCriteria(criteria) }, magentoProducts);

  async function withChildren(products: readonly MagentoProduct[]): Promise<LiveProduct[]> {
    const wanted = products.map((product) =>
      product.type_id === "configurable"
        ? (product.extension_attributes?.configurable_product_links ?? [])
        : [],
    );
    // Whole families only: a product with half of its variants would lose the others.
    let asked = 0;
    const families = wanted.map((ids) => {
      asked += ids.length;
      return asked <= MAX_CHILDREN ? ids : null;
    });
    const ids = families.flatMap((family) => family ?? []);
    const children =
      ids.length === 0
        ? []
        : ((await list({ groups: [[["entity_id", ids.join(","), "in"]]], pageSize: ids.length })).items ??
          []);
    const byId = new Map(children.map((child) => [child.id, child]));
    const about = await context([...products, ...children]);
    return products.map((product, index) => {
      const family = families[index];
      const found = family?.flatMap((id) => byId.get(id) ?? []) ?? null;
      return fromMagentoProduct(product, found, about);
    });
  }

  async function findBySku(sku: string): Promise<MagentoProduct | null> {
    const { items } = await list({ groups: [[["sku", sku, "eq"]]], pageSize: 1 });
    const [found] = items ?? [];
    return found !== undefined && found.sku === sku && isActive(found) ? found : null;
  }

  return {
    kind: "magento",
    filters: ["category", "price"],
    async info() {
      const { total_count } = await list({ groups: sold, pageSize: 1 });
      const one = searchCriteria({ groups: [], pageSize: 1 });
      const [store, ...rights] = await Promise.all([
        unlessRefused(context.store()),
        hasRight(line, "/inventory/source-items", one),
        hasRight(line, "/customers/search", one),
        hasRight(line, "/orders", one),
        hasRight(line, "/carts/search", one),
      ]);
      const asked: readonly LiveRight[] = ["stock", "customers", "orders", "carts"];
      return {
        platform: "Magento 2",
        version: "REST V1",
        products: total_count,
        currency: store?.default_display_currency_code ?? store?.base_currency_code ?? null,
        missingRights: asked.filter((_, index) => rights[index] === false),
      };
    },
    async search(query) {
      const [{ items, total_count }, facets] = await Promise.all([
        list({ groups: searchGroups(query, currency), page: query.page, pageSize: query.pageSize }),
        context.categoryFacet(),
      ]);
      // Past the end Magento answers the last page again.
      const past = (query.page - 1) * query.pageSize >= total_count;
      return {
        products: past ? [] : await withChildren(items ?? []),
        total: total_count,
        hasMore: query.page * query.pageSize < total_count,
        facets,
      };
    },
    async product(externalId) {
      const found = await findBySku(externalId);
      if (found === null) return null;
      const [product] = await withChildren([found]);
      return product ?? null;
    },
    async variant(productId, externalId) {
      const [parent, child] = await Promise.all([findBySku(productId), findBySku(externalId)]);
      if (parent === null || child === null) return null;
      const children = parent.extension_attributes?.configurable_product_links ?? [];
      if (!children.includes(child.id)) return null;
      const { variants } = fromMagentoProduct(parent, [child], await context([parent, child]));
      return variants[0] ?? null;
    },
    async related(externalId) {
      const found = await findBySku(externalId);
      const skus = (found?.product_links ?? [])
        .filter(({ link_type }) => ["related", "upsell", "crosssell"].includes(link_type))
        .map(({ linked_product_sku }) => linked_product_sku)
        .slice(0, MAX_RELATED);
      if (skus.length === 0) return [];
      const { items } = await list({
        groups: [...sold, [["sku", skus.join(","), "in"]]],
        pageSize: MAX_RELATED,
      });
      return withChildren(items ?? []);
    },
    ...createMagentoPeople(line),
  };
}

function searchGroups(query: LiveQuery, currency: string): readonly (readonly Condition[])[] {
  const words = query.words.trim().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  return [
    ...sold,
    ...words.map((word): readonly Condition[] => {
      // SQL's own signs are plain letters.
      const like = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
      return [
        ["name", like, "like"],
        ["sku", like, "like"],
        ["description", like, "like"],
      ];
    }),
    ...condition(query.category, (id) => ["category_id", id, "eq"]),
    ...condition(query.minMinor, (minor) => ["price", minorToDecimal(minor, currency), "gteq"]),
    ...condition(query.maxMinor, (minor) => ["price", minorToDecimal(minor, currency), "lteq"]),
  ];
}

function condition<T>(value: T | undefined, of: (value: T) => Condition): readonly (readonly Condition[])[] {
  return value === undefined ? [] : [[of(value)]];
}
