"use client";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { BasketLine } from "@/lib/protocol/basket";
import type { Room } from "@/lib/sync/client/room";
import { variantOf } from "@/lib/ui/chat/basket/basket-face";
import { QuantityStepper } from "@/lib/ui/chat/basket/quantity-stepper";
import { formatPrice } from "@/lib/ui/chat/format-price";
import { IconButton } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { useMaybeSnapshot } from "../use-maybe-snapshot";
import styles from "./basket.module.css";
import { basketErrorWords } from "./error-words";
import { lineWords } from "./line-words";

/** What was proposed for the cart, and what the customer and her shop's page say to it. */
export function SharedBasket({ room }: { readonly room: Room | null }) {
  const t = useMessages<BasketKey>("basket");
  const snapshot = useMaybeSnapshot(room);
  const [failed, setFailed] = useState<BasketKey | null>(null);
  const lines = snapshot?.basket.lines ?? [];
  const attempt = async (work: Promise<void> | undefined) => {
    setFailed(null);
    await work?.catch((error: unknown) => setFailed(basketErrorWords(error)));
  };
  return (
    <section data-testid="shared-basket">
      <h2 className={styles.heading}>{t("together")}</h2>
      {lines.length === 0 && <p className={styles.none}>{t("nothing")}</p>}
      <ul className={styles.lines}>
        {lines.map((line) => (
          <SharedLine
            key={line.lineId}
            line={line}
            mayChange={snapshot?.rights.lead === true}
            onQuantity={(quantity) =>
              attempt(
                room?.request({
                  type: "basket-change",
                  lineId: line.lineId,
                  externalId: line.externalId,
                  quantity,
                }),
              )
            }
            onWithdraw={() => attempt(room?.request({ type: "basket-withdraw", lineId: line.lineId }))}
          />
        ))}
      </ul>
      <p className={styles.failed} role="status">
        {failed && t(failed)}
      </p>
    </section>
  );
}

function SharedLine(props: {
  readonly line: BasketLine;
  readonly mayChange: boolean;
  readonly onQuantity: (quantity: number) => Promise<void>;
  readonly onWithdraw: () => Promise<void>;
}) {
  const { line } = props;
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const waits = line.state === "proposed" && props.mayChange;
  const variant = variantOf(line);
  return (
    <li className={styles.line} data-testid="shared-line" data-state={line.state}>
      <p className={styles.title}>
        {line.title}
        {variant !== "" && <span className={styles.variant}> {variant}</span>}
      </p>
      <p className={styles.amount}>
        {line.quantity} × {formatPrice(line.unitMinor, line.currency, locale)}
      </p>
      <p className={styles.state} data-state={line.state} role="status">
        {lineWords(line, t, chat, locale)}
      </p>
      {waits && (
        <div className={styles.tools}>
          <QuantityStepper
            quantity={line.quantity}
            onQuantity={(quantity) => void props.onQuantity(quantity)}
          />
          <IconButton
            label={t("withdrawName", { title: line.title })}
            data-testid="basket-withdraw"
            onClick={() => void props.onWithdraw()}
          >
            <Undo2 size={18} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </li>
  );
}
