/** The filters as people see them: what each is called, and what is left when one goes. */
import { noFilters, type SearchFilters } from "@/lib/protocol/catalogue-search";
import { formatPrice } from "@/lib/ui/chat/format-price";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import type { Translate } from "@/lib/ui/messages/define";

export interface ActiveFilter {
  readonly key: string;
  readonly label: string;
  /** The filters without it. */
  readonly without: SearchFilters;
}

export function activeFilters(
  filters: SearchFilters,
  t: Translate<CatalogueKey>,
  price: { readonly currency: string; readonly locale: string },
): ActiveFilter[] {
  const { category, minMinor, maxMinor } = filters;
  const many = (name: "brands" | "colors" | "sizes") =>
    filters[name].map((label) => ({
      key: `${name} ${label}`,
      label,
      without: { ...filters, [name]: filters[name].filter((other) => other !== label) },
    }));
  const money = (minor: number) => formatPrice(minor, price.currency, price.locale);
  const one = (key: keyof SearchFilters, label: string): ActiveFilter => ({
    key,
    label,
    without: { ...filters, [key]: noFilters[key] },
  });
  return [
    ...(category === null ? [] : [one("category", category.split(" > ").at(-1) ?? category)]),
    ...many("brands"),
    ...many("colors"),
    ...many("sizes"),
    ...(minMinor === null ? [] : [one("minMinor", t("fromPrice", { price: money(minMinor) }))]),
    ...(maxMinor === null ? [] : [one("maxMinor", t("toPrice", { price: money(maxMinor) }))]),
    ...(filters.inStock ? [one("inStock", t("inStock"))] : []),
    ...(filters.onSale ? [one("onSale", t("onSale"))] : []),
  ];
}
