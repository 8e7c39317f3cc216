import Eye from "lucide-react/icons/eye";
import UserPlus from "lucide-react/icons/user-plus";
import type { DeskConversation } from "@/lib/protocol/desk";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { ParticipantDot } from "./participant-dot";
import styles from "./row.module.css";

/** A colleague's open conversation, to help in or, for managers, to watch. */
export function ColleagueRow(props: {
  readonly conversation: DeskConversation;
  readonly mayWatch: boolean;
  readonly busy: boolean;
  readonly onJoin: () => void;
  readonly onWatch: () => void;
}) {
  const t = useMessages<DeskKey>("desk");
  const { name, color, people } = props.conversation;
  const names = people.map((one) => one.name).join(", ");
  return (
    <li
      className={styles.row}
      data-testid="colleague-row"
      data-conversation={props.conversation.conversationId}
    >
      <ParticipantDot name={name} color={color} />
      <div className={styles.text}>
        <p className={styles.name} title={name}>
          {name}
        </p>
        <p className={styles.preview}>{t("withPeople", { names })}</p>
      </div>
      <IconButton
        data-row=""
        data-testid="join"
        label={t("joinName", { name })}
        disabled={props.busy}
        onClick={props.onJoin}
      >
        <UserPlus size={18} aria-hidden="true" />
      </IconButton>
      {props.mayWatch && (
        <IconButton
          data-row=""
          data-testid="supervise"
          label={t("watchName", { name })}
          disabled={props.busy}
          onClick={props.onWatch}
        >
          <Eye size={18} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
