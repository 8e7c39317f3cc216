"use client";
import ArrowLeft from "lucide-react/icons/arrow-left";
import CircleStop from "lucide-react/icons/circle-stop";
import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import LogOut from "lucide-react/icons/log-out";
import PanelRightClose from "lucide-react/icons/panel-right-close";
import PanelRightOpen from "lucide-react/icons/panel-right-open";
import Pencil from "lucide-react/icons/pencil";
import PencilOff from "lucide-react/icons/pencil-off";
import Users from "lucide-react/icons/users";
import type { DeskConversation } from "@/lib/protocol/desk";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import type { PaneActions } from "./conversation-pane";
import { MirrorButton, type MirrorOffer } from "./mirror/mirror-button";
import styles from "./pane-head.module.css";
import { ParticipantDot } from "./participant-dot";
import { type PanelGlance, usePanelGlance } from "./use-panel-glance";
import { reasonOf } from "./waiting-reason";

/** Who it is, whether she sees what I see, who else is here, and what may be done with the conversation. */
export function PaneHead(props: {
  readonly conversation: DeskConversation;
  readonly room: Room;
  readonly snapshot: RoomSnapshot;
  readonly closed: boolean;
  /** Null where the customer's page cannot be asked for. */
  readonly mirror: MirrorOffer | null;
  readonly actions: PaneActions;
  readonly drawerOpen: boolean;
  readonly onToggleDrawer: () => void;
}) {
  const { conversation, room, snapshot, closed, actions, drawerOpen } = props;
  const t = useMessages<DeskKey>("desk");
  const glance = usePanelGlance(room, snapshot.docGeneration);
  const { name, color } = conversation;
  const locked = snapshot.room?.drawingLocked ?? false;
  const lock = () => actions.attempt(room.request({ type: "lock-drawing", locked: !locked }));
  const others = (snapshot.room?.participants ?? []).filter(
    (one) => one.role !== "customer" && one.participantId !== snapshot.you && one.online,
  );
  const sight = closed ? null : sightOf(snapshot, glance);
  return (
    <header className={styles.head}>
      <IconButton className={styles.back ?? ""} label={t("back")} onClick={actions.onBack}>
        <ArrowLeft size={20} aria-hidden="true" />
      </IconButton>
      <ParticipantDot name={name} color={color} />
      <div className={styles.who}>
        <h1 className={styles.name} title={name}>
          {name}
        </h1>
        <p className={styles.page}>{reasonOf(conversation.page, t)}</p>
      </div>
      {sight && (
        <p className={styles.sight} data-sight={sight} role="status" title={t(sight, { name })}>
          {sight === "seesIt" ? (
            <Eye size={16} aria-hidden="true" />
          ) : (
            <EyeOff size={16} aria-hidden="true" />
          )}
          <span className={styles.words}>{t(sight, { name })}</span>
        </p>
      )}
      {others.length > 0 && (
        <p
          className={styles.people}
          title={t("hereToo", { names: others.map((one) => one.name).join(", ") })}
        >
          <Users size={16} aria-hidden="true" />
          <span className="visually-hidden">
            {t("hereToo", { names: others.map((one) => one.name).join(", ") })}
          </span>
          {others.slice(0, 3).map((one) => (
            <ParticipantDot key={one.participantId} small name={one.name} color={one.color} />
          ))}
        </p>
      )}
      <span className={styles.gap} />
      {props.mirror && <MirrorButton offer={props.mirror} customer={name} />}
      {snapshot.rights.lead && (
        <Button
          look="quiet"
          data-testid="lock-drawing"
          aria-pressed={locked}
          title={t(locked ? "unlockDrawing" : "lockDrawing")}
          aria-label={t(locked ? "unlockDrawing" : "lockDrawing")}
          onClick={lock}
        >
          {locked ? <PencilOff size={18} aria-hidden="true" /> : <Pencil size={18} aria-hidden="true" />}
          <span className={styles.words}>{t(locked ? "drawingOff" : "drawingOn")}</span>
        </Button>
      )}
      {!closed && (
        <IconButton
          label={t("leave")}
          title={t("leaveHint")}
          data-testid="leave-conversation"
          onClick={actions.onLeave}
        >
          <LogOut size={18} aria-hidden="true" />
        </IconButton>
      )}
      {!closed && conversation.myRole === "agent" && (
        <Button
          look="quiet"
          data-testid="end-conversation"
          aria-label={t("endConversation")}
          onClick={actions.onEnd}
        >
          <CircleStop size={18} aria-hidden="true" />
          <span className={styles.words}>{t("end")}</span>
        </Button>
      )}
      <IconButton
        label={t(drawerOpen ? "closeDrawer" : "openDrawer")}
        aria-expanded={drawerOpen}
        aria-keyshortcuts="]"
        data-testid="toggle-drawer"
        onClick={props.onToggleDrawer}
      >
        {drawerOpen ? (
          <PanelRightClose size={20} aria-hidden="true" />
        ) : (
          <PanelRightOpen size={20} aria-hidden="true" />
        )}
      </IconButton>
    </header>
  );
}

type Sight = "seesIt" | "seesOther" | "seesNothing" | "away";

/** What the customer sees of what is shown; null while nothing is. */
function sightOf(snapshot: RoomSnapshot, glance: PanelGlance): Sight | null {
  const customer = snapshot.room?.participants.find((one) => one.role === "customer");
  if (customer === undefined || snapshot.connection !== "online") return null;
  if (!customer.online) return "away";
  if (glance.shown === null) return null;
  if (glance.seenBy.includes(customer.participantId)) return "seesIt";
  return glance.elsewhere.includes(customer.participantId) ? "seesOther" : "seesNothing";
}
