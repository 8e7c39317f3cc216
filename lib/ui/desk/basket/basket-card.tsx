"use client";
import type { BasketLine, BasketProposal } from "@/lib/protocol/basket";
import type { Room } from "@/lib/sync/client/room";
import styles from "@/lib/ui/chat/basket/basket.module.css";
import { BasketFace } from "@/lib/ui/chat/basket/basket-face";
import { formatPrice } from "@/lib/ui/chat/format-price";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import { Button } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { lineWords } from "./line-words";

/** A proposal in the chat, as the agent sees it: what it says now, and what has become of it. */
export function BasketCard(props: {
  readonly proposal: BasketProposal;
  readonly line: BasketLine | null;
  readonly room: Room;
  readonly mayChange: boolean;
  readonly resolveItem: ResolveItem;
}) {
  const { proposal, line } = props;
  const t = useMessages<BasketKey>("basket");
  const chat = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const terms = line ?? proposal;
  const { lineId } = proposal;
  return (
    <BasketFace terms={terms} resolveItem={props.resolveItem}>
      <div className={styles.count}>
        <span>
          {terms.quantity} × {formatPrice(terms.unitMinor, terms.currency, locale)}
        </span>
        <span className={styles.sum}>
          {t("total", { price: formatPrice(terms.quantity * terms.unitMinor, terms.currency, locale) })}
        </span>
      </div>
      {line && (
        <p className={styles.state} data-state={line.state}>
          {lineWords(line, t, chat, locale)}
        </p>
      )}
      {line?.state === "proposed" && props.mayChange && (
        <Button
          look="quiet"
          // What is refused here has been answered meanwhile: the card says so by itself.
          onClick={() => void props.room.request({ type: "basket-withdraw", lineId }).catch(() => undefined)}
        >
          {t("withdraw")}
        </Button>
      )}
    </BasketFace>
  );
}
