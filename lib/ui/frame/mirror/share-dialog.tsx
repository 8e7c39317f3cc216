"use client";
import EyeOff from "lucide-react/icons/eye-off";
import Hand from "lucide-react/icons/hand";
import Power from "lucide-react/icons/power";
import ScanEye from "lucide-react/icons/scan-eye";
import { useEffect, useId, useRef } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorKey } from "@/lib/ui/messages/mirror";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./mirror.module.css";
import { useReadFirst } from "./use-read-first";

/** Before anything leaves her browser: who will see what, what stays hidden, and how she ends it. */
export function ShareDialog(props: {
  /** The agent who asked her; null when she began herself. */
  readonly proposedBy: string | null;
  readonly agents: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const t = useMessages<MirrorKey>("mirror");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const ready = useReadFirst();

  useEffect(() => dialog.current?.showModal(), []);

  const { proposedBy } = props;
  const points = [
    { Icon: ScanEye, text: t("askSees", { name: proposedBy ?? props.agents }) },
    { Icon: EyeOff, text: t("askHidden") },
    { Icon: Hand, text: t("askControl") },
    { Icon: Power, text: t("askStop") },
  ];
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onCancel={props.onNo}>
      <h2 id={titleId} className={styles.title}>
        {proposedBy === null ? t("askTitle") : t("askedTitle", { name: proposedBy })}
      </h2>
      <ul className={styles.points}>
        {points.map(({ Icon, text }) => (
          <li key={text}>
            <Icon size={20} aria-hidden="true" />
            {text}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button
          look="primary"
          data-testid="mirror-yes"
          disabled={!ready}
          onClick={(event) => event.nativeEvent.isTrusted && props.onYes()}
        >
          {t("askYes")}
        </Button>
        <Button data-testid="mirror-no" autoFocus onClick={props.onNo}>
          {t("askNo")}
        </Button>
      </div>
    </dialog>
  );
}
