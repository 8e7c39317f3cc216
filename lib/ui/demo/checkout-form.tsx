"use client";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { totalMinor, useCart, writeCart } from "./cart-store";
import styles from "./demo.module.css";
import { formatMoney } from "./money";
import { keepOrder } from "./order-store";

const fields = [
  ["name", "name", "text"],
  ["email", "email", "email"],
  ["address", "street-address", "text"],
  ["city", "address-level2", "text"],
] as const;

export function CheckoutForm({ thanksHref }: { readonly thanksHref: string }) {
  const t = useMessages<DemoKey>("demo");
  const locale = useLocale();
  const cart = useCart();
  const currency = cart[0]?.currency ?? "EUR";

  function place(event: { preventDefault(): void }) {
    event.preventDefault();
    if (cart.length === 0) return;
    // What was typed stays in the form: this shop needs nobody's address.
    keepOrder({
      id: `LUME-${Date.now().toString(36).toUpperCase()}`,
      currency,
      total: totalMinor(cart) / 100,
      lines: cart.map((line) => ({ id: line.id, quantity: line.quantity, price: line.unitMinor / 100 })),
    });
    writeCart([]);
    window.location.assign(thanksHref);
  }

  return (
    <form className={styles.form} onSubmit={place}>
      {fields.map(([key, autoComplete, type]) => (
        <label key={key} className={styles.field}>
          <span>{t(key)}</span>
          <input name={key} type={type} autoComplete={autoComplete} required maxLength={120} />
        </label>
      ))}
      <div className={styles.sum}>
        <span>{t("total")}</span>
        <strong>{formatMoney(totalMinor(cart), currency, locale)}</strong>
      </div>
      <p className={styles.hint}>{t("noPayment")}</p>
      <button type="submit" className={styles.primary} disabled={cart.length === 0} data-testid="place-order">
        {t("placeOrder")}
      </button>
    </form>
  );
}
