import type { Metadata } from "next";
import { CartView } from "@/lib/ui/demo/cart-view";
import styles from "@/lib/ui/demo/demo.module.css";
import { loadShop } from "../load-shop";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await loadShop()).t("cart") };
}

export default async function DemoCart() {
  const { query, t } = await loadShop();
  return (
    <div className={styles.narrow}>
      <h1 className={styles.heading}>{t("cart")}</h1>
      <CartView checkoutHref={`/demo/checkout${query}`} homeHref={`/demo${query}`} query={query} />
    </div>
  );
}
