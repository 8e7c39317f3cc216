import type { ProductCard } from "@/lib/protocol/chat";
import { formatPrice } from "@/lib/ui/chat/format-price";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./basket.module.css";

/** The variants of one product with their prices; what is sold out cannot be chosen. Takes the focus. */
export function VariantSelect(props: {
  readonly variants: ProductCard["variants"];
  readonly currency: string;
  /** The shop's id of a variant. */
  readonly chosen: string;
  readonly onChoose: (externalId: string) => void;
}) {
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
  return (
    <select
      className={styles.select}
      aria-label={t("variant")}
      data-testid="propose-variant"
      // biome-ignore lint/a11y/noAutofocus: it has just been opened by a key or a press, to be filled in
      autoFocus
      value={props.chosen}
      onChange={(event) => props.onChoose(event.target.value)}
    >
      {props.variants.map(({ externalId, label, available, saleMinor, priceMinor }) => (
        <option key={externalId} value={externalId} disabled={!available}>
          {available
            ? `${label} · ${formatPrice(saleMinor ?? priceMinor, props.currency, locale)}`
            : `${label} (${chat("soldOut")})`}
        </option>
      ))}
    </select>
  );
}
