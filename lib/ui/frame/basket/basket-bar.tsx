/** Everything that was proposed, in one place above the composer: what waits, what is in the cart, and one yes to all. */
import ChevronUp from "lucide-react/icons/chevron-up";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import { useId, useState } from "react";
import type { BasketLine } from "@/lib/protocol/basket";
import { variantOf } from "@/lib/ui/chat/basket/basket-face";
import { formatPrice } from "@/lib/ui/chat/format-price";
import { Button } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { Bridge } from "../use-bridge";
import styles from "./basket-bar.module.css";
import { stateWords } from "./basket-card";
import { type BasketRoom, basketKeeper } from "./basket-keeper";
import { useAnswers } from "./use-answers";

export function BasketBar(props: {
  readonly lines: readonly BasketLine[];
  readonly room: BasketRoom;
  readonly ended: boolean;
  readonly bridge: Pick<Bridge, "addToCart">;
}) {
  const t = useMessages<BasketKey>("basket");
  const [open, setOpen] = useState(false);
  const listId = useId();
  const { busy, failed, confirm } = useAnswers(basketKeeper(props.room, props.bridge.addToCart));
  const lines = props.lines.filter(({ state }) => state !== "withdrawn" && state !== "declined");
  const waiting = props.ended ? [] : lines.filter(({ state }) => state === "proposed");
  const inCart = lines.filter(({ state }) => state === "in_cart").length;
  if (lines.length === 0) return null;
  const words = [
    waiting.length > 0 ? t("waiting", { count: waiting.length }) : "",
    inCart > 0 ? t("inCart", { count: inCart }) : "",
  ].filter((part) => part !== "");
  return (
    <section className={styles.bar} aria-label={t("basket")} data-testid="basket-bar">
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={listId}
        data-testid="basket-toggle"
        onClick={() => setOpen(!open)}
      >
        <ShoppingBag size={18} aria-hidden="true" />
        <span className={styles.words}>{[t("basket"), ...words].join(" · ")}</span>
        <ChevronUp size={18} aria-hidden="true" className={styles.chevron} />
      </button>
      <ul id={listId} className={styles.list} hidden={!open}>
        {lines.map((line) => (
          <Row key={line.lineId} line={line} />
        ))}
      </ul>
      {waiting.length > 1 && (
        <Button
          look="primary"
          className={styles.all ?? ""}
          data-testid="basket-yes-all"
          aria-disabled={busy}
          onClick={() =>
            void confirm(waiting.map(({ lineId, version, quantity }) => ({ lineId, version, quantity })))
          }
        >
          {t("addAll")}
        </Button>
      )}
      <p className={styles.failed} role="status">
        {failed && t(failed)}
      </p>
    </section>
  );
}

function Row({ line }: { readonly line: BasketLine }) {
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const title = [line.title, variantOf(line)].filter((part) => part !== "").join(", ");
  return (
    <li className={styles.line} data-testid="basket-line" data-state={line.state}>
      <span className={styles.title}>
        {line.quantity} × {title}
      </span>
      <span className={styles.amount}>
        {formatPrice(line.quantity * line.unitMinor, line.currency, locale)}
      </span>
      <span className={styles.state} data-state={line.state}>
        {stateWords(line, t, chat)}
      </span>
    </li>
  );
}
