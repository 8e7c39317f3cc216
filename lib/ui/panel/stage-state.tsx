"use client";
/** What the stage says when it cannot just show the picture: empty, loading, failed; and why drawing waits. */
import EyeOff from "lucide-react/icons/eye-off";
import ImageOff from "lucide-react/icons/image-off";
import Images from "lucide-react/icons/images";
import Lock from "lucide-react/icons/lock";
import WifiOff from "lucide-react/icons/wifi-off";
import { useState } from "react";
import type { Item } from "@/lib/panel/schema";
import { useNotice } from "./notices";
import { useItem, usePanelMessages, usePanelParts, useSnapshot } from "./panel-provider";
import { agentName, personOf } from "./participants";
import type { PictureState } from "./picture-layer";
import styles from "./stage-state.module.css";

export function StageState(props: { readonly picture: PictureState; readonly onRetry: () => void }) {
  const t = usePanelMessages();
  const item = useItem();
  if (item === null) {
    return (
      <div className={styles.centre}>
        <Images size={40} strokeWidth={1.25} aria-hidden="true" />
        <strong>{t("empty")}</strong>
        <span>{t("emptyHint")}</span>
      </div>
    );
  }
  if (props.picture === "failed") {
    return (
      <div className={styles.centre} data-panel-chrome="" role="alert">
        <ImageOff size={40} strokeWidth={1.25} aria-hidden="true" />
        <strong>{t("failed")}</strong>
        <button type="button" className={styles.button} onClick={props.onRetry} data-testid="panel-retry">
          {t("retry")}
        </button>
      </div>
    );
  }
  if (props.picture === "covered") return <Covered item={item} onOpened={props.onRetry} />;
  return props.picture === "loading" ? <div className={styles.loading}>{t("loading")}</div> : null;
}

/** What a customer sent and the shop keeps covered: seen by whoever asks, and says so. */
function Covered({ item, onOpened }: { readonly item: Item; readonly onOpened: () => void }) {
  const t = usePanelMessages();
  const { uncover } = usePanelParts();
  const { say } = useNotice();
  const sender = personOf(useSnapshot(), item.addedBy);
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    const opened = await uncover(item.assetId);
    setBusy(false);
    if (opened) onOpened();
    else say(t("uncoverFailed"));
  };
  return (
    <div className={styles.centre} data-panel-chrome="" data-testid="panel-covered">
      <EyeOff size={40} strokeWidth={1.25} aria-hidden="true" />
      <strong>{t("covered", { name: sender?.name ?? t("somebody") })}</strong>
      <span>{t("coveredHint")}</span>
      <button
        type="button"
        className={styles.button}
        disabled={busy}
        onClick={open}
        data-testid="panel-uncover"
      >
        {t("uncover")}
      </button>
    </div>
  );
}

/** One line above the tools: the most important thing that holds drawing back. */
export function DrawingState() {
  const t = usePanelMessages();
  const { connection, saving, room, rights } = useSnapshot();
  const snapshot = useSnapshot();
  if (room?.status === "closed" || connection === "ended") return <Line icon="lock" text={t("closed")} />;
  if (connection === "offline") return <Line icon="offline" text={t("offline")} />;
  if (room?.drawingLocked && !rights.draw) {
    const name = agentName(snapshot);
    return <Line icon="lock" text={name ? t("locked", { name }) : t("lockedPlain")} />;
  }
  if (!saving && connection === "online") return <Line icon="offline" text={t("unsaved")} />;
  return null;
}

function Line({ icon, text }: { readonly icon: "lock" | "offline"; readonly text: string }) {
  const Icon = icon === "lock" ? Lock : WifiOff;
  return (
    <div className={styles.line} role="status" data-testid="panel-state">
      <Icon size={16} aria-hidden="true" />
      {text}
    </div>
  );
}
