"use client";
import Shapes from "lucide-react/icons/shapes";
import Undo2 from "lucide-react/icons/undo-2";
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
import { ChangeVariant, type Variants } from "./change-variant";
import { basketErrorWords } from "./error-words";
import { lineWords } from "./line-words";

type Terms = Pick<BasketLine, "externalId" | "quantity">;
const termsOf = ({ externalId, quantity }: BasketLine): Terms => ({ externalId, quantity });

/** What was proposed for the cart, what customer and shop said to it, and a way back while it waits. */
export function SharedLines(props: {
  readonly lines: readonly BasketLine[];
  readonly mayChange: boolean;
  /** All reject as the server refuses. */
  readonly loadVariants: (line: BasketLine) => Promise<Variants>;
  readonly onChange: (line: BasketLine, to: Terms) => Promise<void>;
  readonly onWithdraw: (line: BasketLine) => Promise<void>;
}) {
  const { lines, mayChange, loadVariants, onChange, onWithdraw } = props;
  const t = useMessages<BasketKey>("basket");
  const [failed, setFailed] = useState<BasketKey | null>(null);
  const fail = (error: unknown) => setFailed(basketErrorWords(error));
  const attempt = async (work: Promise<void>) => {
    setFailed(null);
    await work.catch(fail);
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
            loadVariants={loadVariants}
            onFailed={fail}
            onChange={(to) => void attempt(onChange(line, { ...termsOf(line), ...to }))}
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
  readonly loadVariants: (line: BasketLine) => Promise<Variants>;
  readonly onFailed: (error: unknown) => void;
  readonly onChange: (to: Partial<Terms>) => void;
  readonly onWithdraw: () => void;
}) {
  const { line } = props;
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const [choosing, setChoosing] = useState(false);
  const variant = variantOf(line);
  const open = line.state === "proposed" && props.mayChange;
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
      {open && choosing && (
        <ChangeVariant
          line={line}
          loadVariants={props.loadVariants}
          onFailed={props.onFailed}
          onChoose={(externalId) => props.onChange({ externalId })}
          onClose={() => setChoosing(false)}
        />
      )}
      {open && !choosing && (
        <div className={styles.tools}>
          <QuantityStepper quantity={line.quantity} onQuantity={(quantity) => props.onChange({ quantity })} />
          <IconButton
            label={t("otherVariantName", { title: line.title })}
            data-testid="change-variant"
            onClick={() => setChoosing(true)}
          >
            <Shapes size={18} aria-hidden="true" />
          </IconButton>
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
