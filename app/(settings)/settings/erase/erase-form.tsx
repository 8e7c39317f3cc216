"use client";
import { useActionState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { EraseKey } from "@/lib/ui/messages/erase";
import { useMessages } from "@/lib/ui/messages/provider";
import type { ErasurePreview } from "@/lib/visitors/erasures";
import styles from "../settings.module.css";
import { eraseNow } from "./actions";

/** What goes and what stays, and the one press that cannot be taken back. */
export function EraseForm(props: { readonly who: string; readonly found: ErasurePreview | null }) {
  const t = useMessages<EraseKey>("erase");
  const { who, found } = props;
  const [result, erase, busy] = useActionState(eraseNow, { kind: "idle" });
  if (result.kind === "erased") {
    const { visitors, conversations } = result;
    return (
      <p role="status" className={styles.good} data-testid="erased">
        {t("erased", {
          visitors: t("visitors", { count: visitors }),
          conversations: t("conversations", { count: conversations }),
        })}
      </p>
    );
  }
  if (found === null || result.kind === "gone") {
    return (
      <p role="alert" className={styles.bad}>
        {t("nobody")}
      </p>
    );
  }
  return (
    <form className={styles.form} action={erase}>
      <h3>{found.name === "" ? t("guest") : found.name}</h3>
      <div>
        <p className={styles.strong}>{t("goes")}</p>
        <ul>
          {(["visitors", "conversations", "messages", "pictures"] as const).map((part) => (
            <li key={part}>{t(part, { count: found[part] })}</li>
          ))}
        </ul>
      </div>
      <div>
        <p className={styles.strong}>{t("stays")}</p>
        <ul>
          {(["visits", "orders"] as const).map((part) => (
            <li key={part}>{t(part, { count: found[part] })}</li>
          ))}
        </ul>
        <p className={styles.help}>{t("staysHelp")}</p>
      </div>
      <input type="hidden" name="who" value={who} />
      <label className={styles.switch}>
        <input type="checkbox" name="sure" required data-testid="erase-sure" />
        <span>{t("sure")}</span>
      </label>
      <div className={styles.actions}>
        <Button look="danger" type="submit" disabled={busy} data-testid="erase-now">
          {t("erase")}
        </Button>
        <a href="/settings/erase">{t("cancel")}</a>
      </div>
    </form>
  );
}
