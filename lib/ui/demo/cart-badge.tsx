"use client";
import { useEffect } from "react";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useMessages } from "@/lib/ui/messages/provider";
import { addLine, type CartLine, useCart } from "./cart-store";
import styles from "./demo.module.css";
import { vetrina } from "./vetrina";
import { keepForLater } from "./wish-list";

/** The cart in the header; also the shop's answer when the agent's card in chat says "add to cart". */
export function CartBadge({ href }: { readonly href: string }) {
  const t = useMessages<DemoKey>("demo");
  const count = useCart().reduce((sum, line) => sum + line.quantity, 0);

  useEffect(() => {
    vetrina("on", "add-to-cart", async ({ id, quantity }) => {
      // The shop's own price, never one from outside.
      const answer = await fetch(`/demo/line/${encodeURIComponent(id)}`);
      if (answer.status === 409) return { ok: false, reason: "out_of_stock" };
      if (!answer.ok) return { ok: false, reason: answer.status === 404 ? "gone" : "failed" };
      const line: Omit<CartLine, "quantity"> = await answer.json();
      addLine(line, quantity);
      return { ok: true };
    });
    vetrina("on", "add-to-wishlist", ({ id }) => keepForLater(id));
  }, []);

  return (
    <a
      href={href}
      className={styles.cartLink}
      aria-label={`${t("cart")}, ${t("items", { count })}`}
      data-testid="cart-link"
    >
      <span>{t("cart")}</span>
      <span className={styles.badge} data-testid="cart-count">
        {count}
      </span>
    </a>
  );
}
