import type { Metadata } from "next";
import { CheckoutForm } from "@/lib/ui/demo/checkout-form";
import styles from "@/lib/ui/demo/demo.module.css";
import { loadShop } from "../load-shop";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await loadShop()).t("checkout") };
}

export default async function DemoCheckout() {
  const { query, t } = await loadShop();
  return (
    <div className={styles.narrow}>
      <h1 className={styles.heading}>{t("checkout")}</h1>
      <CheckoutForm thanksHref={`/demo/thank-you${query}`} />
    </div>
  );
}
