/** What Magento keeps elsewhere and seldom changes: its addresses, the names behind ids; and the stock of now. */
import { createAnswerMemory } from "../answer-memory";
import type { LiveFacet } from "../port";
import { unlessRefused } from "../rights";
import type { ShopLine } from "../shop-line";
import type { MagentoContext } from "./products";
import { searchCriteria } from "./search-criteria";
import {
  type MagentoProduct,
  magentoCategories,
  magentoOptions,
  magentoStock,
  magentoStores,
} from "./shapes";

/** Milliseconds: ten minutes. */
const SELDOM = { freshMs: 600_000, maxAnswers: 20, maxChars: 2_000_000 };
const MAX_CATEGORIES = 500;
/** Magento's root and a shop's own root: no shopper sees them. */
const ROOT_LEVELS = 2;
const labelled = ["color", "size", "manufacturer"] as const;

export interface MagentoContextLoader {
  (products: readonly MagentoProduct[]): Promise<MagentoContext>;
  store(): Promise<Store>;
  categoryFacet(): Promise<readonly LiveFacet[]>;
}
interface Store {
  readonly base_currency_code: string;
  readonly default_display_currency_code?: string | null | undefined;
  readonly secure_base_link_url: string;
  readonly secure_base_media_url: string;
}

export function createMagentoContext(line: ShopLine, currency: string): MagentoContextLoader {
  const stores = createAnswerMemory<Store>(SELDOM);
  const categories = createAnswerMemory<readonly { readonly id: string; readonly name: string }[]>(SELDOM);
  const options = createAnswerMemory<readonly { readonly label: string; readonly value: string }[]>(SELDOM);

  const store = async () => {
    const ask = () => line.get({ what: "storeConfigs", path: "/store/storeConfigs" }, magentoStores);
    const found = await stores.get("store", async () => {
      const [first] = await ask();
      // The shape demands one.
      if (first === undefined) throw new Error("unreachable");
      return first;
    });
    return found.value;
  };

  const listCategories = async () => {
    const found = await categories.get("categories", async () => {
      const params = searchCriteria({ groups: [], pageSize: MAX_CATEGORIES });
      const page = await unlessRefused(
        line.get({ what: "categories", path: "/categories/list", params }, magentoCategories),
      );
      return (page?.items ?? []).filter(
        ({ level, is_active }) => level >= ROOT_LEVELS && is_active !== false,
      );
    });
    return found.value;
  };

  const labelsOf = async (code: string) => {
    const found = await options.get(code, async () => {
      const path = `/products/attributes/${code}/options`;
      const asked = unlessRefused(line.find({ what: `options of ${code}`, path }, magentoOptions));
      return (await asked) ?? [];
    });
    return found.value;
  };

  /** Summed up over all places. Null when the keys may not know, or the shop has no such module. */
  async function stockOf(products: readonly MagentoProduct[]): Promise<ReadonlyMap<string, number> | null> {
    const skus = products.filter(({ type_id }) => type_id !== "configurable").map(({ sku }) => sku);
    if (skus.length === 0) return new Map();
    const params = searchCriteria({
      groups: [[["sku", skus.join(","), "in"]]],
      pageSize: skus.length * PLACES,
    });
    const page = await unlessRefused(
      line.find({ what: "stock", path: "/inventory/source-items", params }, magentoStock),
    );
    if (page === null) return null;
    const pieces = new Map<string, number>();
    for (const { sku, quantity, status } of page.items ?? []) {
      pieces.set(sku, (pieces.get(sku) ?? 0) + (status === 1 ? Math.max(0, Math.floor(quantity)) : 0));
    }
    return pieces;
  }

  const load = async (products: readonly MagentoProduct[]): Promise<MagentoContext> => {
    const [own, names, stock, ...labels] = await Promise.all([
      store(),
      listCategories(),
      stockOf(products),
      ...labelled.map(labelsOf),
    ]);
    const byCode = new Map<string, ReadonlyMap<string, string>>(
      labelled.map((code, index) => [
        code,
        new Map((labels[index] ?? []).map(({ value, label }) => [value, label])),
      ]),
    );
    return {
      currency,
      linkBase: own.secure_base_link_url,
      mediaBase: own.secure_base_media_url,
      categories: new Map(names.map(({ id, name }) => [id, name])),
      label: (code, value) => byCode.get(code)?.get(value) ?? "",
      stock,
      now: new Date(),
    };
  };

  return Object.assign(load, {
    store,
    async categoryFacet(): Promise<readonly LiveFacet[]> {
      const found = await listCategories();
      if (found.length === 0) return [];
      const choices = found.map(({ id, name }) => ({ value: id, label: name, count: null }));
      return [{ filter: "category", label: "", options: choices }];
    },
  });
}

/** Warehouses of a shop that may hold the same SKU. */
const PLACES = 20;
