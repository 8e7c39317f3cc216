"use client";
import { useEffect, useSyncExternalStore } from "react";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./demo.module.css";
import { readOrder } from "./order-store";
import { vetrina } from "./vetrina";

const never = () => () => {};

/** Says thank you and tells Vetrina the order; a reload tells it again, and the server stores it once. */
export function Thanks({ homeHref }: { readonly homeHref: string }) {
  const t = useMessages<DemoKey>("demo");
  const id = useSyncExternalStore(
    never,
    () => readOrder()?.id ?? "",
    () => "",
  );
  useEffect(() => {
    const order = readOrder();
    if (order) vetrina("order", order);
  }, []);
  return (
    <div className={styles.emptyState}>
      <h1 className={styles.title}>{t("thankYou")}</h1>
      {id && <p data-testid="order-id">{t("orderNumber", { id })}</p>}
      <a className={styles.secondary} href={homeHref}>
        {t("keepLooking")}
      </a>
    </div>
  );
}
