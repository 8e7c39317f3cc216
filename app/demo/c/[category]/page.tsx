import type { Metadata } from "next";
import { notFound } from "next/navigation";
import styles from "@/lib/ui/demo/demo.module.css";
import { ProductGrid } from "@/lib/ui/demo/product-grid";
import { decodeSegment } from "../../decode-segment";
import { loadShop, topCategory } from "../../load-shop";

type Route = { readonly params: Promise<{ readonly category: string }> };

async function loadCategory(route: Route) {
  const page = await loadShop();
  const wanted = decodeSegment((await route.params).category).toLowerCase();
  const name = page.categories.find((category) => category.toLowerCase() === wanted);
  if (!name) notFound();
  return {
    ...page,
    name,
    products: page.products.filter((product) => topCategory(product.category) === name),
  };
}

export async function generateMetadata(route: Route): Promise<Metadata> {
  return { title: (await loadCategory(route)).name };
}

export default async function DemoCategory(route: Route) {
  const { name, products, locale, query, t } = await loadCategory(route);
  return (
    <>
      <h1 className={styles.heading}>{name}</h1>
      <ProductGrid products={products} locale={locale} query={query} t={t} eager={4} />
    </>
  );
}
