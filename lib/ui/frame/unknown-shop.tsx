"use client";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./frame-app.module.css";

/** The script tag names a shop that does not exist here. */
export function UnknownShop() {
  const t = useMessages<FrameKey>("frame");
  return (
    <main className={styles.unknown}>
      <h1>{t("unknownShop")}</h1>
      <p>{t("unknownShopText")}</p>
    </main>
  );
}
