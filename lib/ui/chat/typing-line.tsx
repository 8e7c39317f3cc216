import type { ParticipantId } from "@/lib/protocol/ids";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-log.module.css";
import type { LogParticipant } from "./log-message";

/** "Anna is typing…". Keeps its line whether or not somebody types, so that the log does not jump; never read out. */
export function TypingLine(props: {
  readonly typing: readonly ParticipantId[];
  readonly you: ParticipantId | null;
  readonly participants: readonly LogParticipant[];
}) {
  const t = useMessages<ChatKey>("chat");
  const others = props.typing.filter((id) => id !== props.you);
  const name = props.participants.find((one) => one.participantId === others[0])?.name ?? t("somebody");
  return (
    <p className={styles.typing} aria-live="off" aria-hidden={others.length === 0}>
      {others.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {others.length === 1 ? t("typingOne", { name }) : t("typingMany")}
        </>
      )}
    </p>
  );
}
