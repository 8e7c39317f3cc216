"use client";
import FileText from "lucide-react/icons/file-text";
import Film from "lucide-react/icons/film";
import ImageIcon from "lucide-react/icons/image";
import PenLine from "lucide-react/icons/pen-line";
import { useEffect, useMemo, useRef } from "react";
import type { DeskConversation } from "@/lib/protocol/desk";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { itemResolver } from "./item-resolvers";
import { ParticipantDot } from "./participant-dot";
import styles from "./row.module.css";
import { ShownThumb } from "./shown-thumb";
import { unreadIn } from "./unread";
import { useMaybeSnapshot } from "./use-maybe-snapshot";
import { usePanelGlance } from "./use-panel-glance";

/** One of mine: what is on the panel, what was written last, how much of it I have not seen. */
export function ConversationRow(props: {
  readonly conversation: DeskConversation;
  readonly room: Room | null;
  readonly selected: boolean;
  /** Alt and this digit come here. */
  readonly shortcut: number | null;
  readonly onSelect: () => void;
}) {
  const t = useMessages<DeskKey>("desk");
  const { conversation, room, shortcut } = props;
  const { name, color } = conversation;
  const { selected } = props;
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Whom one has just accepted stands last in a long list.
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const snapshot = useMaybeSnapshot(room);
  const glance = usePanelGlance(room, snapshot?.docGeneration ?? 0);
  const unread = snapshot?.you ? unreadIn(snapshot) : conversation.unread;
  const resolveItem = useMemo(() => itemResolver(conversation.conversationId), [conversation.conversationId]);
  const typing = (snapshot?.typing.length ?? 0) > 0;
  const shown =
    glance.shown === null ? t("nothingShown") : t("shownNow", { title: glance.shown.title || t("photo") });
  return (
    <li>
      <button
        ref={row}
        type="button"
        className={styles.row}
        data-row=""
        data-testid="conversation-row"
        data-conversation={conversation.conversationId}
        data-unread={unread}
        aria-current={selected ? "true" : undefined}
        aria-keyshortcuts={shortcut === null ? undefined : `Alt+${shortcut}`}
        title={shown}
        onClick={props.onSelect}
      >
        <span className={styles.lead}>
          {glance.shown === null ? (
            <ParticipantDot name={name} color={color} />
          ) : (
            <ShownThumb item={glance.shown} resolveItem={resolveItem} />
          )}
          {glance.marks > 0 && (
            <span className={styles.drawn} title={t("marksOnIt", { count: glance.marks })}>
              <PenLine size={10} aria-hidden="true" />
            </span>
          )}
        </span>
        <span className={styles.text}>
          <span className={styles.top}>
            <span className={styles.name}>{name}</span>
            {shortcut !== null && <kbd className={styles.key}>{shortcut}</kbd>}
          </span>
          <span className={styles.preview}>
            {conversation.myRole === "supervisor" && <em>{t("watching")} · </em>}
            {typing ? "…" : lastLine(snapshot, conversation, t)}
          </span>
        </span>
        {unread > 0 && (
          <span className={styles.unread}>
            <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
            <span className="visually-hidden">{t("unread", { count: unread })}</span>
          </span>
        )}
        <span className="visually-hidden">{shown}</span>
      </button>
    </li>
  );
}

function lastLine(
  snapshot: RoomSnapshot | null,
  conversation: DeskConversation,
  t: (key: DeskKey) => string,
) {
  const last = snapshot?.messages.findLast((one) => one.body.kind !== "notice");
  if (last === undefined) return conversation.lastText || t("noPageYet");
  switch (last.body.kind) {
    case "text":
      return last.body.text;
    case "recommendation":
      return last.body.product.title;
    case "basket":
      return last.body.title;
    case "picture": {
      const { what = "picture", marked } = last.body;
      const { icon: Icon, word } = sent[marked ? "marked" : what];
      return (
        <>
          <Icon size={12} aria-hidden="true" /> {t(word)}
        </>
      );
    }
    default:
      return conversation.lastText;
  }
}

const sent = {
  picture: { icon: ImageIcon, word: "photo" },
  video: { icon: Film, word: "video" },
  paper: { icon: FileText, word: "paper" },
  page: { icon: ImageIcon, word: "frozenPage" },
  marked: { icon: PenLine, word: "markedPicture" },
} as const;
