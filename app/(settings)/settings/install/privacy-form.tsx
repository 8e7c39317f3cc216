"use client";
import { useActionState } from "react";
import { type ConsentLevel, consentLevels } from "@/lib/protocol/consent";
import { Button } from "@/lib/ui/controls/button";
import type { InstallKey } from "@/lib/ui/messages/install";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { type ConsentResult, chooseConsent } from "./actions";
import own from "./install.module.css";

const words = { full: "consentFull", anonymous: "consentAnonymous", none: "consentNone" } as const;

/** What is recorded of visitors until the shop says what they agreed to. */
export function PrivacyForm({ consent }: { readonly consent: ConsentLevel }) {
  const t = useMessages<InstallKey>("install");
  const [result, save, saving] = useActionState<ConsentResult, FormData>(chooseConsent, { kind: "idle" });
  return (
    <form className={styles.form} action={save}>
      <fieldset className={own.choices}>
        <legend>{t("consent")}</legend>
        {[...consentLevels].reverse().map((level) => (
          <label key={level} className={own.choice}>
            <input type="radio" name="consent" value={level} defaultChecked={level === consent} />
            <span>{t(words[level])}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.actions}>
        <Button look="primary" type="submit" disabled={saving} data-testid="save-consent">
          {t("save")}
        </Button>
        <p role="status" className={styles.good}>
          {result.kind === "saved" && !saving && t("saved")}
        </p>
        <p role="alert" className={styles.bad}>
          {result.kind === "failed" && t("failed")}
        </p>
      </div>
    </form>
  );
}
