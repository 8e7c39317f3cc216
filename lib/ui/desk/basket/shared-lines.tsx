"use client";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { BasketLine } from "@/lib/protocol/basket";
import { variantOf } from "@/lib/ui/chat/basket/basket-face";
import { QuantityStepper } from "@/lib/ui/chat/basket/quantity-stepper";
import { formatPrice } from "@/lib/ui/chat/format-price";
import { IconButton } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./basket.module.css";
import { basketErrorWords } from "./error-words";
import { lineWords } from "./line-words";

/** What was proposed for the cart, what customer and shop said to it, and a way back while it waits. */
export function SharedLines(props: {
  readonly lines: readonly BasketLine[];
  readonly mayChange: boolean;
  /** Both reject as the server refuses. */
  readonly onChange: (line: BasketLine, quantity: number) => Promise<void>;
  readonly onWithdraw: (line: BasketLine) => Promise<void>;
}) {
  const { lines, mayChange, onChange, onWithdraw } = props;
  const t = useMessages<BasketKey>("basket");
  const [failed, setFailed] = useState<BasketKey | null>(null);
  const attempt = async (work: Promise<void>) => {
    setFailed(null);
    await work.catch((error: unknown) => setFailed(basketErrorWords(error)));
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
            mayChange={mayChange}
            onQuantity={(quantity) => void attempt(onChange(line, quantity))}
            onWithdraw={() => void attempt(onWithdraw(line))}
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
  readonly onQuantity: (quantity: number) => void;
  readonly onWithdraw: () => void;
}) {
  const { line } = props;
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
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
      {line.state === "proposed" && props.mayChange && (
        <div className={styles.tools}>
          <QuantityStepper quantity={line.quantity} onQuantity={props.onQuantity} />
          <IconButton
            label={t("withdrawName", { title: line.title })}
            data-testid="basket-withdraw"
            onClick={props.onWithdraw}
          >
            <Undo2 size={18} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </li>
  );
}
