"use client";
import { useActionState } from "react";
import { type ApiScope, apiScopes } from "@/lib/protocol/api/scopes";
import { Button } from "@/lib/ui/controls/button";
import type { DevelopersKey } from "@/lib/ui/messages/developers";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { type MakeResult, makeKey, revokeKey } from "./actions";
import { AskingButton } from "./asking-button";
import { Choices } from "./choices";
import own from "./developers.module.css";
import { SecretOnce } from "./secret-once";
import { useChange } from "./use-change";

const scopeWords: Record<ApiScope, DevelopersKey> = {
  "orders:write": "scopeOrdersWrite",
  "orders:read": "scopeOrdersRead",
  "catalogue:read": "scopeCatalogueRead",
  "conversations:read": "scopeConversationsRead",
  "transcripts:read": "scopeTranscriptsRead",
  "events:read": "scopeEventsRead",
  "reports:read": "scopeReportsRead",
};

export interface ListedApiKey {
  readonly id: string;
  readonly name: string;
  /** Its last characters. */
  readonly hint: string;
  readonly scopes: readonly ApiScope[];
  /** Written out. */
  readonly since: string;
  readonly lastUsed: string | null;
}

export function ApiKeys({ keys }: { readonly keys: readonly ListedApiKey[] }) {
  const t = useMessages<DevelopersKey>("developers");
  const [result, make, making] = useActionState<MakeResult, FormData>(makeKey, { kind: "idle" });
  return (
    <>
      {keys.length === 0 ? (
        <p className={own.empty}>{t("noKeys")}</p>
      ) : (
        <ul data-testid="api-keys">
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      <SecretOnce result={result} words="keyOnce" badWords="badKey" />
      <form className={own.form} action={make}>
        <h3>{t("addKey")}</h3>
        <label className={styles.field}>
          <span>{t("keyName")}</span>
          <input
            className={styles.input}
            name="name"
            autoComplete="off"
            maxLength={80}
            placeholder={t("keyNameExample")}
            required
          />
        </label>
        <Choices
          legend={t("may")}
          name="scope"
          choices={apiScopes.map((scope) => ({ value: scope, words: t(scopeWords[scope]) }))}
        />
        <Button look="primary" type="submit" disabled={making} data-testid="add-api-key">
          {t("addKey")}
        </Button>
      </form>
    </>
  );
}

function KeyRow({ apiKey }: { readonly apiKey: ListedApiKey }) {
  const t = useMessages<DevelopersKey>("developers");
  const { busy, failed, run } = useChange();
  const { id, name, hint, scopes, since, lastUsed } = apiKey;
  return (
    <li className={own.row} aria-busy={busy}>
      <div className={own.head}>
        <p className={`${styles.grow} ${styles.strong}`}>{name}</p>
        <AskingButton
          words={t("revoke")}
          question={t("revokeAsk", { name })}
          label={name}
          busy={busy}
          onYes={() => run(() => revokeKey(id))}
        />
      </div>
      <p className={styles.help}>
        {t("keyFacts", { hint, date: since })} ·{" "}
        {lastUsed === null ? t("neverUsed") : t("lastUsed", { time: lastUsed })}
      </p>
      <p className={styles.help}>{scopes.map((scope) => t(scopeWords[scope])).join(", ")}</p>
      {failed && (
        <p role="alert" className={styles.bad}>
          {t("failed")}
        </p>
      )}
    </li>
  );
}
