import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-card.module.css";
import { formatPrice, pricesOf } from "./format-price";

/** What it costs; a reduced price stands beside the struck-through former one, said in words to screen readers. */
export function PriceLine(props: {
  readonly priceMinor: number | null;
  readonly saleMinor: number | null;
  readonly currency: string;
}) {
  const t = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const { now, before } = pricesOf(props);
  if (now === null) return null;
  const nowText = formatPrice(now, props.currency, locale);
  if (before === null) return <p className={styles.price}>{nowText}</p>;
  const beforeText = formatPrice(before, props.currency, locale);
  return (
    <p className={styles.price}>
      <ins className={styles.sale}>
        <span className="visually-hidden">{t("priceNow", { price: nowText })}, </span>
        <span aria-hidden="true">{nowText}</span>
      </ins>{" "}
      <del className={styles.before}>
        <span className="visually-hidden">{t("priceWas", { price: beforeText })}</span>
        <span aria-hidden="true">{beforeText}</span>
      </del>
    </p>
  );
}
