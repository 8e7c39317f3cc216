"use client";
import { useState } from "react";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./demo.module.css";

const fields = [
  ["email", "email", "email", "giulia@example.com"],
  ["phone", "tel", "tel", "+39 011 555 0132"],
  ["newPassword", "new-password", "password", ""],
] as const;

/** A form that keeps nothing: it is there to be looked at together. */
export function AccountForm() {
  const t = useMessages<DemoKey>("demo");
  const [saved, setSaved] = useState(false);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setSaved(true);
      }}
    >
      {fields.map(([key, autoComplete, type, example]) => (
        <label key={key} className={styles.field}>
          <span>{t(key)}</span>
          <input name={key} type={type} autoComplete={autoComplete} defaultValue={example} maxLength={120} />
        </label>
      ))}
      <button type="submit" className={styles.primary}>
        {t("save")}
      </button>
      <p className={styles.hint} role="status">
        {saved ? t("saved") : ""}
      </p>
    </form>
  );
}
