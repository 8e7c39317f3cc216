import type { Metadata } from "next";
import styles from "@/lib/ui/demo/demo.module.css";
import { Thanks } from "@/lib/ui/demo/thanks";
import { loadShop } from "../load-shop";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await loadShop()).t("thankYou") };
}

export default async function DemoThankYou() {
  const { query } = await loadShop();
  return (
    <div className={styles.narrow}>
      <Thanks homeHref={`/demo${query}`} />
    </div>
  );
}
