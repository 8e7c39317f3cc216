"use client";
import { useActionState, useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { InvitationsKey } from "@/lib/ui/messages/invitations";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { chooseInvitations, type InvitationsResult } from "./invitations-action";

export interface InvitationsValue {
  /** Seconds; null: switched off. */
  readonly after: number | null;
  /** Percent. */
  readonly holdOut: number;
}

export interface InvitationsBounds {
  readonly least: number;
  readonly most: number;
  readonly mostHeldOut: number;
}

/** What is proposed to a shop that switches them on: long enough to have read a product's page. Seconds. */
const USUAL_AFTER = 30;

/** Whether visitors are invited to the chat, and how many are not, to compare with. */
export function InvitationsForm(props: {
  readonly value: InvitationsValue;
  readonly bounds: InvitationsBounds;
}) {
  const { value, bounds } = props;
  const t = useMessages<InvitationsKey>("invitations");
  const [result, save, saving] = useActionState<InvitationsResult, FormData>(chooseInvitations, {
    kind: "idle",
  });
  const [on, setOn] = useState(value.after !== null);
  return (
    <form className={styles.form} action={save}>
      <label className={styles.switch}>
        <input type="checkbox" name="on" checked={on} onChange={(event) => setOn(event.target.checked)} />
        <span>{t("on")}</span>
      </label>
      <label className={styles.field}>
        <span>{t("after")}</span>
        <input
          className={styles.input}
          type="number"
          name="after"
          inputMode="numeric"
          min={bounds.least}
          max={bounds.most}
          defaultValue={value.after ?? USUAL_AFTER}
          disabled={!on}
          required
        />
      </label>
      <label className={styles.field}>
        <span>{t("holdOut")}</span>
        <input
          className={styles.input}
          type="number"
          name="holdOut"
          inputMode="numeric"
          min={0}
          max={bounds.mostHeldOut}
          defaultValue={value.holdOut}
          disabled={!on}
          required
        />
        <span className={styles.help}>{t("holdOutHelp")}</span>
      </label>
      <div className={styles.actions}>
        <Button look="primary" type="submit" disabled={saving} data-testid="save-invitations">
          {t("save")}
        </Button>
        <p role="status" className={styles.good}>
          {result.kind === "saved" && !saving && t("saved")}
        </p>
        <p role="alert" className={styles.bad}>
          {result.kind === "failed" && t("failed", { ...bounds })}
        </p>
      </div>
    </form>
  );
}
