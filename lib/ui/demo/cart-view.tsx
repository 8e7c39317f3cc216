"use client";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { setQuantity, totalMinor, useCart } from "./cart-store";
import styles from "./demo.module.css";
import { formatMoney } from "./money";

export function CartView(props: {
  readonly checkoutHref: string;
  readonly homeHref: string;
  readonly query: string;
}) {
  const t = useMessages<DemoKey>("demo");
  const locale = useLocale();
  const cart = useCart();
  if (cart.length === 0) {
    return (
      <div className={styles.emptyState}>
        <p>{t("emptyCart")}</p>
        <a className={styles.secondary} href={props.homeHref}>
          {t("keepLooking")}
        </a>
      </div>
    );
  }
  const currency = cart[0]?.currency ?? "EUR";
  return (
    <>
      <ul className={styles.lines}>
        {cart.map((line) => (
          <li key={line.id} className={styles.line}>
            {line.picture ? <img src={line.picture} alt="" width={96} height={120} /> : <span />}
            <div>
              <a href={`/demo/p/${encodeURIComponent(line.productId)}${props.query}`}>{line.title}</a>
              <p className={styles.hint}>{line.label}</p>
              <div className={styles.stepper}>
                <button
                  type="button"
                  aria-label={`${t("fewer")}: ${line.title}`}
                  onClick={() => setQuantity(line.id, line.quantity - 1)}
                >
                  −
                </button>
                <output aria-label={t("quantity")}>{line.quantity}</output>
                <button
                  type="button"
                  aria-label={`${t("more")}: ${line.title}`}
                  onClick={() => setQuantity(line.id, line.quantity + 1)}
                >
                  +
                </button>
                <button type="button" className={styles.textButton} onClick={() => setQuantity(line.id, 0)}>
                  {t("remove")}
                </button>
              </div>
            </div>
            <strong className={styles.amount}>
              {formatMoney(line.unitMinor * line.quantity, line.currency, locale)}
            </strong>
          </li>
        ))}
      </ul>
      <div className={styles.sum}>
        <span>{t("total")}</span>
        <strong data-testid="cart-total">{formatMoney(totalMinor(cart), currency, locale)}</strong>
      </div>
      <p className={styles.hint}>{t("shippingFree")}</p>
      <a className={styles.primary} href={props.checkoutHref} data-testid="checkout">
        {t("checkout")}
      </a>
    </>
  );
}
