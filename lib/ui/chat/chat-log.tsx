"use client";
/**
 * The log of a conversation, for both sides: days, groups, cards, notices, how far one's own messages got.
 * It knows nothing of rooms or sockets: values in, wishes out.
 */
import ArrowDown from "lucide-react/icons/arrow-down";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { BasketProposal } from "@/lib/protocol/basket";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { OthersSending } from "@/lib/ui/uploads/sending";
import styles from "./chat-log.module.css";
import { dayLabel } from "./day-label";
import { groupMessages } from "./group-messages";
import type { ResolveItem } from "./item-resolver";
import type { LogActions } from "./log-actions";
import type { LogMessage, LogParticipant, LogReceipt } from "./log-message";
import { MessageGroup } from "./message-group";
import { noticeText } from "./notice-text";
import { SendingLines } from "./sending-lines";
import { TypingLine } from "./typing-line";
import { usePageVisible } from "./use-page-visible";
import { useStickToEnd } from "./use-stick-to-end";

export interface ChatLogProps {
  readonly messages: readonly LogMessage[];
  /** Null until the server has said who we are. */
  readonly you: ParticipantId | null;
  readonly reader: ParticipantRole;
  readonly participants: readonly LogParticipant[];
  readonly receipts: readonly LogReceipt[];
  readonly typing: readonly ParticipantId[];
  /** What the others have on its way. */
  readonly sending: readonly OthersSending[];
  readonly hasEarlier: boolean;
  readonly onLoadEarlier: () => void;
  /** The number of the last message that somebody has truly had before their eyes. */
  readonly onSeen?: (seq: number) => void;
  /** False while the log is there but not looked at (frame closed, sheet down, other conversation on top). */
  readonly active: boolean;
  readonly resolveItem: ResolveItem;
  readonly actions: LogActions;
  /** What a proposal for the cart looks like to this reader now. */
  readonly basketCard?: BasketCardOf;
}

export type BasketCardOf = (proposal: BasketProposal) => ReactNode;

const tellsUncovered = ({ body }: LogMessage) => body.kind === "notice" && body.code === "uncovered";

export function ChatLog(props: ChatLogProps) {
  const { messages, you, onSeen, active } = props;
  const t = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const visible = usePageVisible();
  const first = messages[0];
  const last = messages.at(-1);
  const ownLast = last && (last.state !== "stored" || last.participantId === you) ? last.clientId : undefined;
  const { boxRef, contentRef, atEnd, onScroll, toEnd } = useStickToEnd(first?.clientId, ownLast);
  const days = useMemo(() => groupMessages(messages), [messages]);
  const uncovered = useMemo(() => messages.filter(tellsUncovered).length, [messages]);
  const words = { today: t("today"), yesterday: t("yesterday") };

  // Where the reader last was at the end: everything after it is new to her.
  const [readUpTo, setReadUpTo] = useState(0);
  const lastStored = useMemo(() => messages.findLast((one) => one.seq !== null)?.seq ?? 0, [messages]);
  const looking = active && visible && atEnd;
  useEffect(() => {
    if (looking) setReadUpTo(lastStored);
  }, [looking, lastStored]);
  const unread = messages.filter(
    (one) => one.seq !== null && one.seq > readUpTo && one.participantId !== you,
  ).length;

  const reported = useRef(0);
  useEffect(() => {
    if (!looking || lastStored <= reported.current) return;
    reported.current = lastStored;
    onSeen?.(lastStored);
  }, [looking, lastStored, onSeen]);

  const [askedBefore, setAskedBefore] = useState<string | undefined>(undefined);
  const loadingEarlier = askedBefore !== undefined && askedBefore === first?.clientId;

  return (
    <div className={styles.frame}>
      <div
        ref={boxRef}
        className={styles.log}
        role="log"
        aria-live="polite"
        aria-busy={loadingEarlier}
        aria-label={t("log")}
        data-testid="chat-log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={contentRef} className={styles.content}>
          {props.hasEarlier && (
            <button
              type="button"
              className={styles.earlier}
              disabled={loadingEarlier}
              onClick={() => {
                setAskedBefore(first?.clientId);
                props.onLoadEarlier();
              }}
            >
              {t(loadingEarlier ? "loadingEarlier" : "loadEarlier")}
            </button>
          )}
          {days.map((day) => (
            <section key={day.day} className={styles.day}>
              <h2 className={styles.dayLabel}>{dayLabel(day.at, Date.now(), locale, words)}</h2>
              {day.rows.map((row) =>
                row.kind === "group" ? (
                  <MessageGroup
                    key={row.key}
                    group={row}
                    you={you}
                    participants={props.participants}
                    receipts={props.receipts}
                    uncovered={uncovered}
                    resolveItem={props.resolveItem}
                    actions={props.actions}
                    {...(props.basketCard && { basketCard: props.basketCard })}
                  />
                ) : (
                  row.message.body.kind === "notice" && (
                    <p key={row.key} className={styles.notice}>
                      {noticeText(row.message.body, props.reader, t)}
                    </p>
                  )
                ),
              )}
            </section>
          ))}
          <SendingLines sending={props.sending} participants={props.participants} />
          <TypingLine typing={props.typing} you={you} participants={props.participants} />
        </div>
      </div>
      {!atEnd && (
        <button type="button" className={styles.toEnd} data-new={unread > 0} onClick={() => toEnd(true)}>
          <ArrowDown size={16} aria-hidden="true" />
          {unread > 0 ? (
            t("newMessages", { count: unread })
          ) : (
            <span className="visually-hidden">{t("toEnd")}</span>
          )}
        </button>
      )}
    </div>
  );
}
