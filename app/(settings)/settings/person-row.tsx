"use client";
import { useState } from "react";
import { memberRoles } from "@/lib/protocol/roles";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import type { PersonChange } from "./actions";
import type { ListedPerson } from "./people";
import styles from "./settings.module.css";

/** One person; removing asks once more, in place. */
export function PersonRow(props: {
  readonly person: ListedPerson;
  readonly isYou: boolean;
  readonly onChange: (change: PersonChange) => void;
}) {
  const t = useMessages<SettingsKey>("settings");
  const { memberId, name, email, role, since } = props.person;
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <li className={styles.row}>
        <p className={styles.grow}>{t("removeAsk", { name })}</p>
        <Button look="danger" onClick={() => props.onChange({ change: "remove", memberId })}>
          {t("removeYes")}
        </Button>
        <Button look="quiet" autoFocus onClick={() => setAsking(false)}>
          {t("cancel")}
        </Button>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <div className={styles.grow}>
        <p className={styles.strong}>
          {name} {props.isYou && <span className={styles.tag}>{t("you")}</span>}
        </p>
        <p className={styles.help}>
          {email} · {t("since", { date: since })}
        </p>
      </div>
      <select
        className={styles.select}
        aria-label={t("roleOf", { name })}
        value={role}
        disabled={props.isYou}
        onChange={(event) => props.onChange({ change: "role", memberId, role: event.target.value })}
      >
        {memberRoles.map((known) => (
          <option key={known} value={known}>
            {t(known)}
          </option>
        ))}
      </select>
      {!props.isYou && (
        <>
          <Button look="quiet" onClick={() => props.onChange({ change: "password", memberId, name })}>
            {t("newPassword")}
          </Button>
          <Button look="quiet" onClick={() => setAsking(true)}>
            {t("remove")}
          </Button>
        </>
      )}
    </li>
  );
}
