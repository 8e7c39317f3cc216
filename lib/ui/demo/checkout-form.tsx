"use client";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { totalMinor, useCart, writeCart } from "./cart-store";
import styles from "./demo.module.css";
import { formatMoney } from "./money";
import { keepOrder } from "./order-store";

/** Name, what the browser may fill in, kind, and an example: whoever tries the demo need not invent an address. */
const fields = [
  ["name", "name", "text", "Giulia Esempio"],
  ["email", "email", "email", "giulia@example.com"],
  ["address", "street-address", "text", "Via Roma 1"],
  ["city", "address-level2", "text", "Torino"],
] as const;
/** A card of the payment industry's test range; no name, so that the browser's own form data never leaves the page. */
const cardFields = [
  ["cardNumber", "cc-number", "4242 4242 4242 4242"],
  ["cardExpiry", "cc-exp", "12/30"],
  ["cardCode", "cc-csc", "123"],
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
      {fields.map(([key, autoComplete, type, example]) => (
        <label key={key} className={styles.field}>
          <span>{t(key)}</span>
          <input
            name={key}
            type={type}
            autoComplete={autoComplete}
            defaultValue={example}
            required
            maxLength={120}
          />
        </label>
      ))}
      <label className={styles.field}>
        <span>{t("delivery")}</span>
        <select name="delivery" defaultValue="standard">
          <option value="standard">{t("standard")}</option>
          <option value="express">{t("express")}</option>
        </select>
      </label>
      <label className={styles.field}>
        <span>{t("courierNote")}</span>
        <input name="note" maxLength={120} data-vetrina-mirror="show" data-testid="courier-note" />
      </label>
      <fieldset className={styles.card}>
        <legend>{t("cardTitle")}</legend>
        {cardFields.map(([key, autoComplete, example]) => (
          <label key={key} className={styles.field}>
            <span>{t(key)}</span>
            <input autoComplete={autoComplete} inputMode="numeric" defaultValue={example} maxLength={30} />
          </label>
        ))}
      </fieldset>
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
