import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findWindowProduct } from "@/lib/catalogue/demo-window";
import styles from "@/lib/ui/demo/demo.module.css";
import { ProductForm } from "@/lib/ui/demo/product-form";
import { ProductGrid } from "@/lib/ui/demo/product-grid";
import { decodeSegment } from "../../decode-segment";
import { loadShop, topCategory } from "../../load-shop";
import { ProductFacts } from "./product-facts";

type Route = { readonly params: Promise<{ readonly externalId: string }> };
/** Other products below one. */
const RELATED = 4;

async function loadProduct(route: Route) {
  const page = await loadShop();
  const product = await findWindowProduct(page.shop.shopId, decodeSegment((await route.params).externalId));
  if (!product) notFound();
  return { ...page, product };
}

export async function generateMetadata(route: Route): Promise<Metadata> {
  const { product } = await loadProduct(route);
  return { title: product.title, description: product.description.slice(0, 160) };
}

export default async function DemoProduct(route: Route) {
  const { product, products, locale, query, t } = await loadProduct(route);
  const others = products.filter((other) => other.id !== product.id && other.pictures.length > 0);
  const same = others.filter((other) => topCategory(other.category) === topCategory(product.category));
  const start = products.findIndex((other) => other.id === product.id);
  const rest = [...others.slice(start), ...others.slice(0, start)].filter((other) => !same.includes(other));
  return (
    <>
      <ProductFacts product={product} />
      <ProductForm product={product} />
      <div className={styles.section}>
        <h2>{t("related")}</h2>
      </div>
      <ProductGrid products={[...same, ...rest].slice(0, RELATED)} locale={locale} query={query} t={t} />
    </>
  );
}
