import Eye from "lucide-react/icons/eye";
import ImageIcon from "lucide-react/icons/image";
import LogOut from "lucide-react/icons/log-out";
import ScanEye from "lucide-react/icons/scan-eye";
import UserPlus from "lucide-react/icons/user-plus";
import X from "lucide-react/icons/x";
import { IconButton } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./frame-header.module.css";

/** Always there, never loud: who is here, what they see, how to leave. */
export function FrameHeader(props: {
  readonly shopName: string;
  /** Names of the shop's people in the conversation, those who are here first. */
  readonly people: readonly { readonly name: string; readonly online: boolean }[];
  /** What is said below the shop's name. */
  readonly presence: string;
  /** Whose eyes are on the conversation; null before there is one. */
  readonly sees: string | null;
  /** Null when there is nothing to open, or it is open. */
  readonly panel: { readonly open: () => void; readonly news: string | null } | null;
  /** Null where the page cannot be shown, or is being shown. */
  readonly showPage: { readonly label: string; readonly press: () => void } | null;
  /** Null while there is nothing to look along at. */
  readonly invite: { readonly label: string; readonly press: () => void } | null;
  readonly onEnd: (() => void) | null;
  readonly onClose: () => void;
}) {
  const t = useMessages<FrameKey>("frame");
  return (
    <header className={styles.header}>
      <div className={styles.row}>
        {props.people.length > 0 && (
          <span className={styles.faces} aria-hidden="true">
            {props.people.slice(0, 3).map((person) => (
              <span key={person.name} className={styles.face} data-online={person.online}>
                {initials(person.name)}
              </span>
            ))}
          </span>
        )}
        <div className={styles.names}>
          <h1 className={styles.shop}>{props.shopName}</h1>
          <p className={styles.presence} role="status">
            {props.presence}
          </p>
        </div>
        {props.panel && (
          <IconButton
            label={props.panel.news ?? t("openPanel")}
            data-testid="panel-open"
            className={styles.panelOpen}
            data-news={props.panel.news !== null}
            onClick={props.panel.open}
          >
            <ImageIcon size={20} aria-hidden="true" />
          </IconButton>
        )}
        {props.showPage && (
          <IconButton label={props.showPage.label} data-testid="mirror-show" onClick={props.showPage.press}>
            <ScanEye size={20} aria-hidden="true" />
          </IconButton>
        )}
        {props.invite && (
          <IconButton label={props.invite.label} data-testid="invite-companion" onClick={props.invite.press}>
            <UserPlus size={20} aria-hidden="true" />
          </IconButton>
        )}
        {props.onEnd && (
          <IconButton label={t("end")} data-testid="end-conversation" onClick={props.onEnd}>
            <LogOut size={20} aria-hidden="true" />
          </IconButton>
        )}
        <IconButton label={t("minimise")} onClick={props.onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </div>
      {props.sees !== null && (
        <p className={styles.sees}>
          <Eye size={14} aria-hidden="true" />
          {props.sees}
        </p>
      )}
    </header>
  );
}

/** First letters of the first and the last name, whatever script they are in. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = Array.from(words[0] ?? "")[0] ?? "";
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? "")[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}
