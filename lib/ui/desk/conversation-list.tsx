"use client";
import Coffee from "lucide-react/icons/coffee";
import { type KeyboardEvent, useId } from "react";
import type { DeskConversation, DeskSnapshot } from "@/lib/protocol/desk";
import type { ConversationId } from "@/lib/protocol/ids";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { ColleagueRow } from "./colleague-row";
import styles from "./conversation-list.module.css";
import { ConversationRow } from "./conversation-row";
import { moveFocus } from "./move-focus";
import { QueueRow } from "./queue-row";
import type { DeskRooms } from "./use-desk-rooms";

export interface ConversationListProps {
  /** Null until the first snapshot. */
  readonly desk: DeskSnapshot | null;
  readonly rooms: DeskRooms;
  readonly selectedId: ConversationId | null;
  readonly now: number;
  readonly mayWatch: boolean;
  /** The conversation that is being entered. */
  readonly entering: ConversationId | null;
  readonly onSelect: (conversation: DeskConversation) => void;
  readonly onEnter: (conversation: DeskConversation, how: "accept" | "join" | "supervise") => void;
}

/** Who waits, what is mine, what colleagues have. Arrow keys walk through all rows. */
export function ConversationList(props: ConversationListProps) {
  const { desk, now } = props;
  const t = useMessages<DeskKey>("desk");
  const headings = { waiting: useId(), mine: useId(), others: useId() };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && moveFocus(event.currentTarget, "[data-row]", step)) event.preventDefault();
  };
  if (desk === null) return <ListSkeleton label={t("loading")} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only adds arrow keys to the buttons inside
    <div className={styles.list} onKeyDown={onKeyDown}>
      <section aria-labelledby={headings.waiting}>
        <h2 className={styles.heading} id={headings.waiting}>
          {t("waiting")}
          <span className={styles.count} data-ring={desk.waiting.length > 0}>
            {desk.waiting.length}
          </span>
        </h2>
        {desk.waiting.length === 0 ? (
          <p className={styles.nobody}>
            <Coffee size={16} aria-hidden="true" />
            {t("nobodyWaiting")}
          </p>
        ) : (
          <ul className={desk.mine.length > 0 ? styles.bounded : undefined}>
            {desk.waiting.map((one) => (
              <QueueRow
                key={one.conversationId}
                conversation={one}
                now={now}
                busy={props.entering === one.conversationId}
                onAccept={() => props.onEnter(one, "accept")}
              />
            ))}
          </ul>
        )}
      </section>
      {desk.mine.length > 0 && (
        <section aria-labelledby={headings.mine}>
          <h2 className={styles.heading} id={headings.mine}>
            {t("mine")}
            <span className={styles.count}>{desk.mine.length}</span>
          </h2>
          <ul>
            {desk.mine.map((one, index) => (
              <ConversationRow
                key={one.conversationId}
                conversation={one}
                room={props.rooms.get(one.conversationId) ?? null}
                selected={props.selectedId === one.conversationId}
                shortcut={index < 9 ? index + 1 : null}
                onSelect={() => props.onSelect(one)}
              />
            ))}
          </ul>
        </section>
      )}
      {desk.others.length > 0 && (
        <section aria-labelledby={headings.others}>
          <h2 className={styles.heading} id={headings.others}>
            {t("others")}
            <span className={styles.count}>{desk.others.length}</span>
          </h2>
          <ul>
            {desk.others.map((one) => (
              <ColleagueRow
                key={one.conversationId}
                conversation={one}
                mayWatch={props.mayWatch}
                busy={props.entering === one.conversationId}
                onJoin={() => props.onEnter(one, "join")}
                onWatch={() => props.onEnter(one, "supervise")}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ListSkeleton({ label }: { readonly label: string }) {
  return (
    <div className={styles.list} role="status" aria-label={label}>
      {["a", "b", "c"].map((key) => (
        <div key={key} className={styles.skeleton} />
      ))}
    </div>
  );
}
