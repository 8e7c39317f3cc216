import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import BellRing from "lucide-react/icons/bell-ring";
import ChartNoAxesColumn from "lucide-react/icons/chart-no-axes-column";
import CircleHelp from "lucide-react/icons/circle-question-mark";
import LogOut from "lucide-react/icons/log-out";
import MessagesSquare from "lucide-react/icons/messages-square";
import Settings from "lucide-react/icons/settings";
import { canActAs, type MemberRole } from "@/lib/protocol/roles";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./rail.module.css";
import type { DeskRing } from "./use-ring";

/** The way between the shop's screens, and what belongs to the person rather than to a conversation. */
export function Rail(props: {
  readonly role: MemberRole;
  readonly name: string;
  readonly ring: DeskRing;
  readonly onHelp: () => void;
  readonly onSignOut: () => void;
}) {
  const t = useMessages<DeskKey>("desk");
  const { role, ring } = props;
  return (
    <nav className={styles.rail} aria-label={t("title")}>
      <a
        className={styles.link}
        href="/desk"
        aria-current="page"
        aria-label={t("navConversations")}
        title={t("navConversations")}
      >
        <MessagesSquare size={20} aria-hidden="true" />
      </a>
      {canActAs(role, "manager") && (
        <a className={styles.link} href="/insights" aria-label={t("navInsights")} title={t("navInsights")}>
          <ChartNoAxesColumn size={20} aria-hidden="true" />
        </a>
      )}
      {role === "admin" && (
        <a className={styles.link} href="/settings" aria-label={t("navSettings")} title={t("navSettings")}>
          <Settings size={20} aria-hidden="true" />
        </a>
      )}
      <span className={styles.gap} />
      {ring.notify === "ask" && (
        <IconButton label={t("navNotify")} onClick={() => void ring.askToNotify()}>
          <BellRing size={20} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        label={t(ring.muted ? "navUnmute" : "navMute")}
        aria-pressed={ring.muted}
        onClick={ring.toggleMuted}
      >
        {ring.muted ? <BellOff size={20} aria-hidden="true" /> : <Bell size={20} aria-hidden="true" />}
      </IconButton>
      <IconButton label={t("navShortcuts")} aria-keyshortcuts="?" onClick={props.onHelp}>
        <CircleHelp size={20} aria-hidden="true" />
      </IconButton>
      <IconButton label={`${t("navSignOut")} (${props.name})`} onClick={props.onSignOut}>
        <LogOut size={20} aria-hidden="true" />
      </IconButton>
    </nav>
  );
}
