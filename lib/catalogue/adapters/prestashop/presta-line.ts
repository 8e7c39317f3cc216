/** PrestaShop's webservice as lists of rows, in one language, with what seldom changes kept for a while. */
import type { z } from "zod";
import { type AnswerMemory, createAnswerMemory } from "../answer-memory";
import type { ConnectionSettings } from "../credentials";
import type { Resilience } from "../resilience";
import { unlessRefused } from "../rights";
import { openShopLine, type Params, type ShopLine } from "../shop-line";
import {
  prestaCategories,
  prestaCurrencies,
  prestaLanguages,
  prestaMakers,
  prestaOptions,
  prestaStates,
} from "./shapes";

/** Milliseconds: ten minutes. */
const SELDOM = { freshMs: 600_000, maxAnswers: 10, maxChars: 2_000_000 };
const MAX_NAMES = 1_000;

export interface PrestaLine {
  readonly line: ShopLine;
  /** Rows of a resource. Null when the keys may not read it. */
  rows<Schema extends z.ZodType>(resource: string, schema: Schema, params: Params): Promise<z.output<Schema>>;
  names(resource: NamedResource): Promise<ReadonlyMap<string, string>>;
  /** What it calls our currency; null when it does not sell in it. */
  /** Whether it has texts in the language that it is asked for. */
  speaks(): Promise<boolean>;
  currencyId(): Promise<string | null>;
  currencyOf(id: string): Promise<string | null>;
  /** The parameters that add `now` and `usual` to every row: what is paid, and what it would be without reduction. */
  priceParams(): Promise<Params>;
}

const named = {
  categories: prestaCategories,
  manufacturers: prestaMakers,
  product_options: prestaOptions,
  order_states: prestaStates,
} as const;
export type NamedResource = keyof typeof named;

export function openPrestaLine(
  address: string,
  key: string,
  { currency, locale }: ConnectionSettings,
  resilience: Resilience,
): PrestaLine {
  const login = Buffer.from(`${key}:`).toString("base64");
  const line = openShopLine({
    address: `${address}/api`,
    headers: () => ({ authorization: `Basic ${login}` }),
    resilience,
    // A resource that the key does not open is answered as a method that it does not know.
    readRefusal: (status) => (status === 405 ? "rights" : null),
  });
  type Codes = readonly { readonly id: string; readonly iso_code: string }[];
  const codes: AnswerMemory<Codes> = createAnswerMemory(SELDOM);
  const maps: AnswerMemory<ReadonlyMap<string, string>> = createAnswerMemory(SELDOM);

  const request = (resource: string, params: Params) => ({
    what: resource,
    path: `/${resource}`,
    params: [["output_format", "JSON"], ...params] as const,
  });

  const languages = () =>
    codes.get("languages", () =>
      line.get(request("languages", [["display", "[id,iso_code]"]]), prestaLanguages),
    );
  const currencies = async () => {
    const ask = () => line.get(request("currencies", [["display", "[id,iso_code]"]]), prestaCurrencies);
    return (await codes.get("currencies", ask)).value;
  };

  const [language = ""] = locale.toLowerCase().split("-");
  const ofLanguage = (one: { readonly iso_code: string }) => one.iso_code.toLowerCase() === language;

  async function inLanguage(params: Params): Promise<Params> {
    const { value } = await languages();
    const found = value.find(ofLanguage) ?? value[0];
    return found ? [...params, ["language", found.id]] : params;
  }

  return {
    line,
    rows: async (resource, schema, params) => line.get(request(resource, await inLanguage(params)), schema),
    async names(resource) {
      const found = await maps.get(resource, async () => {
        const params = await inLanguage([
          ["display", "[id,name]"],
          ["limit", String(MAX_NAMES)],
        ]);
        const rows = await unlessRefused(line.get(request(resource, params), named[resource]));
        return new Map((rows ?? []).map(({ id, name }) => [id, name]));
      });
      return found.value;
    },
    async speaks() {
      return (await languages()).value.some(ofLanguage);
    },
    async currencyId() {
      return (await currencies()).find(({ iso_code }) => iso_code === currency)?.id ?? null;
    },
    async currencyOf(id) {
      return (await currencies()).find((one) => one.id === id)?.iso_code ?? null;
    },
    async priceParams() {
      const id = (await currencies()).find(({ iso_code }) => iso_code === currency)?.id;
      const inCurrency: Params =
        id === undefined
          ? []
          : [
              ["price[now][currency]", id],
              ["price[usual][currency]", id],
            ];
      return [
        ["price[now][use_tax]", "1"],
        ["price[usual][use_tax]", "1"],
        ["price[usual][use_reduction]", "0"],
        ...inCurrency,
      ];
    },
  };
}
