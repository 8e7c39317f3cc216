import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findWindow, listWindow } from "@/lib/catalogue/demo-window";
import { LOCALE_HEADER } from "@/lib/protocol/request-headers";
import { translator } from "@/lib/ui/messages/define";
import { demoMessages } from "@/lib/ui/messages/demo";
import { requestLocale } from "@/lib/ui/messages/request-locale";

/** What every page of the demo shop needs; 404 where there is no demo shop. */
export const loadShop = cache(async () => {
  const shop = await findWindow();
  if (!shop) notFound();
  const locale = await requestLocale();
  const received = await headers();
  // The language travels in links, so that the shop needs no cookie for it.
  const query = received.get(LOCALE_HEADER) ? `?lang=${locale}` : "";
  const products = await listWindow(shop.shopId);
  const categories = [...new Set(products.map((product) => topCategory(product.category)).filter(Boolean))];
  return { shop, locale, query, products, categories, t: translator(demoMessages, locale) };
});

/** "Bags > Totes" to "Bags". */
export const topCategory = (path: string) => path.split(" > ")[0]?.trim() ?? "";
