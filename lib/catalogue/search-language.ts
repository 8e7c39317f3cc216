import { getDb } from "@/lib/db/client";
import type { CatalogueView } from "./catalogue-view";
import { searchLanguage } from "./search-columns";

/** The language whose small words ("with") decide nothing beside others, as `searchLanguage` names it. */
export async function readLanguage({ shopId, storefront }: CatalogueView): Promise<string> {
  if (storefront !== null) return searchLanguage("", storefront.locale);
  const { locale } = await getDb().shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { locale: true },
  });
  return searchLanguage("", locale);
}
