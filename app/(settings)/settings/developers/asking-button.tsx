"use client";
import { useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { DevelopersKey } from "@/lib/ui/messages/developers";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";

/** Something that cannot be taken back: asks once more, in place. */
export function AskingButton(props: {
  readonly words: string;
  readonly question: string;
  /** Says what it is about, for who does not see the row. */
  readonly label: string;
  readonly busy: boolean;
  readonly onYes: () => void;
}) {
  const t = useMessages<DevelopersKey>("developers");
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button
        look="quiet"
        aria-label={`${props.words}: ${props.label}`}
        disabled={props.busy}
        onClick={() => setAsking(true)}
      >
        {props.words}
      </Button>
    );
  }
  return (
    <>
      <p className={styles.grow}>{props.question}</p>
      <Button look="danger" disabled={props.busy} onClick={props.onYes}>
        {props.words}
      </Button>
      <Button look="quiet" autoFocus onClick={() => setAsking(false)}>
        {t("cancel")}
      </Button>
    </>
  );
}
