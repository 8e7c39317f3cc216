"use client";
import { useActionState } from "react";
import { webhookTypes } from "@/lib/protocol/webhooks";
import { Button } from "@/lib/ui/controls/button";
import type { DevelopersKey } from "@/lib/ui/messages/developers";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { type MakeResult, makeWebhook } from "./actions";
import { Choices } from "./choices";
import own from "./developers.module.css";
import { SecretOnce } from "./secret-once";
import { type ListedWebhook, WebhookRow } from "./webhook-row";
import { typeWords } from "./webhook-words";

/** Addresses that want to be told. */
export function Webhooks({ webhooks }: { readonly webhooks: readonly ListedWebhook[] }) {
  const t = useMessages<DevelopersKey>("developers");
  const [result, make, making] = useActionState<MakeResult, FormData>(makeWebhook, { kind: "idle" });
  return (
    <>
      {webhooks.length === 0 ? (
        <p className={own.empty}>{t("noWebhooks")}</p>
      ) : (
        <ul data-testid="webhooks">
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      )}
      <SecretOnce result={result} words="secretOnce" badWords="badWebhook" />
      <form className={own.form} action={make}>
        <h3>{t("addWebhook")}</h3>
        <label className={styles.field}>
          <span>{t("url")}</span>
          <input
            className={styles.input}
            name="url"
            type="url"
            autoComplete="off"
            maxLength={2_000}
            placeholder="https://shop.example/hook"
            required
          />
        </label>
        <Choices
          legend={t("when")}
          name="type"
          choices={webhookTypes.map((type) => ({ value: type, words: t(typeWords(type)) }))}
        />
        <Button look="primary" type="submit" disabled={making} data-testid="add-webhook">
          {t("add")}
        </Button>
      </form>
    </>
  );
}
