import type { DeskConversation } from "@/lib/protocol/desk";
import { Button } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { ParticipantDot } from "./participant-dot";
import { Picture } from "./picture";
import styles from "./row.module.css";
import { ageOf, reasonOf } from "./waiting-reason";

/** Somebody who waits: who, since when, what she looks at, and the one thing to do about it. */
export function QueueRow(props: {
  readonly conversation: DeskConversation;
  readonly now: number;
  readonly busy: boolean;
  readonly onAccept: () => void;
}) {
  const t = useMessages<DeskKey>("desk");
  const { name, color, page, createdAt, lastText } = props.conversation;
  return (
    <li
      className={styles.row}
      data-waiting="true"
      data-testid="queue-row"
      data-conversation={props.conversation.conversationId}
    >
      <div className={styles.lead}>
        {page?.product ? (
          <Picture className={styles.thumb} picture={page.product.picture} cssPixels={48} alt="" />
        ) : (
          <ParticipantDot name={name} color={color} />
        )}
      </div>
      <div className={styles.text}>
        <p className={styles.top}>
          <span className={styles.name} title={name}>
            {name}
          </span>
          <time className={styles.age}>{ageOf(Math.max(0, props.now - createdAt), t)}</time>
        </p>
        <p className={styles.reason} title={reasonOf(page, t)}>
          {reasonOf(page, t)}
        </p>
        {lastText !== "" && <p className={styles.preview}>{lastText}</p>}
      </div>
      <Button
        look="primary"
        className={styles.action ?? ""}
        data-row=""
        data-testid="accept"
        aria-label={t("acceptName", { name })}
        aria-disabled={props.busy}
        onClick={() => !props.busy && props.onAccept()}
      >
        {t(props.busy ? "accepting" : "accept")}
      </Button>
    </li>
  );
}
