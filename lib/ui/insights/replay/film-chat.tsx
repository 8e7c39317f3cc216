"use client";
/** What had been said by then: the log of the desk, in which nothing can be set off. */
import { useCallback } from "react";
import type { BasketProposal } from "@/lib/protocol/basket";
import { ChatLog } from "@/lib/ui/chat/chat-log";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import { formatMoney } from "@/lib/ui/insights/format";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { useRoomSnapshot } from "@/lib/ui/room/use-room";
import styles from "./film-side.module.css";
import type { Cinema } from "./use-film";

const nothing = () => undefined;
const noActions = {};

export function FilmChat({
  cinema,
  resolveItem,
}: {
  readonly cinema: Cinema;
  readonly resolveItem: ResolveItem;
}) {
  const t = useMessages<ReplayKey>("replay");
  const locale = useLocale();
  const { messages, room } = useRoomSnapshot(cinema.room);
  const basketCard = useCallback(
    ({ title, label, quantity, unitMinor, currency }: BasketProposal) => (
      <p className={styles.proposal}>
        <b>{title}</b>
        {label === "" ? null : <span>{label}</span>}
        <span>
          {quantity} × {formatMoney(unitMinor, currency, locale)}
        </span>
      </p>
    ),
    [locale],
  );
  return (
    <section className={styles.chat} aria-label={t("chat")} data-testid="film-chat">
      {messages.length === 0 ? <p className={styles.empty}>{t("nothingSaid")}</p> : null}
      <ChatLog
        messages={messages}
        you={null}
        reader="supervisor"
        participants={room?.participants ?? []}
        receipts={[]}
        typing={[]}
        sending={[]}
        hasEarlier={false}
        onLoadEarlier={nothing}
        active={false}
        resolveItem={resolveItem}
        actions={noActions}
        basketCard={basketCard}
      />
    </section>
  );
}
