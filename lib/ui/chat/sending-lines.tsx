import FileText from "lucide-react/icons/file-text";
import Film from "lucide-react/icons/film";
import ImageIcon from "lucide-react/icons/image";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import type { OthersSending } from "@/lib/ui/uploads/sending";
import styles from "./chat-log.module.css";
import type { LogParticipant } from "./log-message";

const icons = { picture: ImageIcon, video: Film, paper: FileText };
const words = { picture: "sendsPicture", video: "sendsVideo", paper: "sendsPaper" } as const;

/** "Anna is sending a video": what the others have on its way, a line each; never read out. */
export function SendingLines(props: {
  readonly sending: readonly OthersSending[];
  readonly participants: readonly LogParticipant[];
}) {
  const t = useMessages<ChatKey>("chat");
  return props.sending.map(({ key, participantId, what, phase, share }) => {
    const name = props.participants.find((one) => one.participantId === participantId)?.name ?? t("somebody");
    const Icon = icons[what];
    const percent = Math.round(share * 100);
    const line = t(words[what], { name });
    return (
      <p key={key} className={styles.sending} aria-live="off" data-testid="chat-sending">
        <Icon size={16} aria-hidden="true" />
        <span>{line}</span>
        <progress
          max={100}
          value={phase === "reading" && percent === 0 ? undefined : percent}
          aria-label={line}
        />
      </p>
    );
  });
}
