/** A proposal in the chat, as the customer sees it: how many, what it costs, yes or no, and what came of it. */
import Check from "lucide-react/icons/check";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import { useState } from "react";
import type { BasketLine, BasketProposal } from "@/lib/protocol/basket";
import styles from "@/lib/ui/chat/basket/basket.module.css";
import { BasketFace } from "@/lib/ui/chat/basket/basket-face";
import { QuantityStepper } from "@/lib/ui/chat/basket/quantity-stepper";
import { cartReason } from "@/lib/ui/chat/cart-reason";
import { formatPrice } from "@/lib/ui/chat/format-price";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import { Button } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import type { Translate } from "@/lib/ui/messages/define";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { Bridge } from "../use-bridge";
import { type BasketRoom, basketKeeper } from "./basket-keeper";
import { useAnswers } from "./use-answers";

interface BasketCardProps {
  readonly proposal: BasketProposal;
  /** Null before the server told, and where it knows of none. */
  readonly line: BasketLine | null;
  readonly room: BasketRoom | null;
  readonly ended: boolean;
  readonly bridge: Pick<Bridge, "addToCart" | "send">;
  readonly resolveItem: ResolveItem;
}

export function BasketCard(props: BasketCardProps) {
  const { proposal, line, bridge } = props;
  const openPage = () => bridge.send({ type: "navigate", url: proposal.url });
  return (
    <BasketFace terms={line ?? proposal} resolveItem={props.resolveItem} onTitle={openPage}>
      {/* What is proposed anew begins with the new quantity. */}
      {line && <Answer key={line.version} {...props} line={line} onPage={openPage} />}
    </BasketFace>
  );
}

function Answer(props: BasketCardProps & { readonly line: BasketLine; readonly onPage: () => void }) {
  const { line, room, ended, bridge } = props;
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const [quantity, setQuantity] = useState(line.quantity);
  const { busy, failed, confirm, decline } = useAnswers(room && basketKeeper(room, bridge.addToCart));
  const waits = line.state === "proposed" && !ended;
  const wayOut = line.state === "refused" && line.reason === "no-handler" ? line.cartUrl : "";
  const again =
    !ended &&
    wayOut === "" &&
    (line.state === "unknown" || (line.state === "refused" && line.reason !== "gone"));
  const count = line.state === "proposed" ? quantity : line.quantity;
  const price = (minor: number) => formatPrice(minor, line.currency, locale);
  const yes = () => void confirm([{ lineId: line.lineId, version: line.version, quantity: count }]);
  return (
    <>
      {line.beforeMinor !== null && line.state === "proposed" && (
        <p className={styles.note} role="status" data-testid="basket-price-changed">
          {t("priceChanged", { before: price(line.beforeMinor), now: price(line.unitMinor) })}
        </p>
      )}
      {line.reason === "not_enough" && line.state === "proposed" && (
        <p className={styles.note} role="status">
          {t("fewerLeft", { count: line.quantity })}
        </p>
      )}
      <div className={styles.count}>
        {waits ? (
          <QuantityStepper quantity={count} onQuantity={setQuantity} disabled={busy} />
        ) : (
          <span>
            {count} × {price(line.unitMinor)}
          </span>
        )}
        <span className={styles.sum} data-testid="basket-sum">
          {t("total", { price: price(count * line.unitMinor) })}
        </span>
      </div>
      {(waits || again) && (
        <div className={styles.answers}>
          <Button look="primary" data-main="" data-testid="basket-yes" aria-disabled={busy} onClick={yes}>
            <ShoppingBag size={16} aria-hidden="true" />
            {again ? t("tryAgain") : t("add")}
          </Button>
          {waits && (
            <Button data-testid="basket-no" aria-disabled={busy} onClick={() => void decline([line.lineId])}>
              {t("noThanks")}
            </Button>
          )}
        </div>
      )}
      <p
        className={styles.state}
        role="status"
        data-testid="basket-state"
        data-state={failed ? "failed" : line.state}
      >
        {line.state === "in_cart" && <Check size={18} aria-hidden="true" />}
        {failed ? t(failed) : stateWords(line, t, chat)}
      </p>
      {wayOut !== "" && (
        <Button
          look="primary"
          data-testid="basket-way-out"
          onClick={() => bridge.send({ type: "navigate", url: wayOut })}
        >
          <ShoppingBag size={16} aria-hidden="true" />
          {t("addThere")}
        </Button>
      )}
      {line.state === "refused" && line.url !== "" && (
        <Button look="quiet" data-testid="basket-to-product" onClick={props.onPage}>
          {t("toProduct")}
        </Button>
      )}
    </>
  );
}

/** What became of it, to the customer; nothing while it waits for her. */
export function stateWords(
  { state, reason }: Pick<BasketLine, "state" | "reason">,
  t: Translate<BasketKey>,
  chat: Translate<ChatKey>,
): string {
  switch (state) {
    case "proposed":
      return "";
    case "refused":
      return cartReason(reason, chat);
    case "in_cart":
      return t("isInCart");
    default:
      return t(state);
  }
}
