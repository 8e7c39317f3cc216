/** Which column is what, guessed from its name in English, German, Italian, Spanish or French. */
import { type FeedField, type FeedMapping, feedFields } from "@/lib/protocol/feeds";
import { columnNames } from "./column-names";

/** What differs between a product's variants is looked for with the variant first. */
const ofVariant: readonly FeedField[] = [
  "id",
  "price",
  "sale_price",
  "currency",
  "availability",
  "quantity",
  "color",
  "size",
  "sku",
  "gtin",
  "mpn",
];

/** @param columns of a table, or paths of JSON entries such as "variants.price" */
export function suggestMapping(columns: readonly string[]): FeedMapping {
  const found: Partial<Record<FeedField, string>> = {};
  const taken = new Set<string>();
  const named = columns.map((column) => ({ column, ...partsOf(column) }));
  // A variant's own id leaves that of its product for the group.
  const hasVariants = named.some(({ inVariant }) => inVariant);
  for (const field of feedFields) {
    const free = named.filter(({ column }) => !taken.has(column));
    const wanted =
      hasVariants && field === "item_group_id"
        ? [...columnNames.item_group_id, ...columnNames.id]
        : columnNames[field];
    const likely = free.filter(({ inVariant }) => inVariant === ofVariant.includes(field));
    const best = bestOf(wanted, likely) ?? bestOf(wanted, free);
    if (best === undefined) continue;
    found[field] = best;
    taken.add(best);
  }
  return { columns: found };
}

interface Named {
  readonly column: string;
  readonly whole: string;
  readonly last: string;
  readonly before: string;
  readonly inVariant: boolean;
}

function bestOf(wanted: readonly string[], columns: readonly Named[]): string | undefined {
  for (const read of [
    ({ whole }: Named) => whole,
    ({ last }: Named) => last,
    ({ before }: Named) => before,
  ]) {
    for (const name of wanted) {
      const hit = columns.find((column) => read(column) === name);
      if (hit) return hit.column;
    }
  }
  return undefined;
}

/** "variants.price.amount": itself, its last part, and the part before, which names a value such as "price.amount". */
function partsOf(column: string) {
  const parts = column.split(".").map(fold);
  const inVariant =
    parts.length > 1 &&
    /^(variants?|variations|variantes|varianten|varianti|children|skus|models)$/.test(parts[0] ?? "");
  const own = inVariant ? parts.slice(1) : parts;
  const isValue = /^(value|amount|src|url|href|name|code|gross|net)$/.test(own.at(-1) ?? "");
  return {
    whole: own.join(""),
    last: own.at(-1) ?? "",
    before: isValue ? (own.at(-2) ?? "") : "",
    inVariant,
  };
}

function fold(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/^g:/, "")
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "");
}
