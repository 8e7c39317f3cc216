import Minus from "lucide-react/icons/minus";
import Plus from "lucide-react/icons/plus";
import { MAX_BASKET_QUANTITY } from "@/lib/protocol/basket";
import type { BasketKey } from "@/lib/ui/messages/basket";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./basket.module.css";

/** How many: two large buttons and the number between them, said aloud when it changes. */
export function QuantityStepper(props: {
  readonly quantity: number;
  readonly onQuantity: (quantity: number) => void;
  readonly disabled?: boolean;
}) {
  const { quantity, onQuantity, disabled = false } = props;
  const t = useMessages<BasketKey>("basket");
  return (
    <fieldset className={styles.stepper} aria-label={t("quantity")}>
      <button
        type="button"
        aria-label={t("fewer")}
        data-testid="basket-fewer"
        disabled={disabled || quantity <= 1}
        onClick={() => onQuantity(quantity - 1)}
      >
        <Minus size={18} aria-hidden="true" />
      </button>
      <output aria-label={t("quantity")} data-testid="basket-quantity">
        {quantity}
      </output>
      <button
        type="button"
        aria-label={t("more")}
        data-testid="basket-more"
        disabled={disabled || quantity >= MAX_BASKET_QUANTITY}
        onClick={() => onQuantity(quantity + 1)}
      >
        <Plus size={18} aria-hidden="true" />
      </button>
    </fieldset>
  );
}
