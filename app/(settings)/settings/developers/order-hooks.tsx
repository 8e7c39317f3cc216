"use client";
import { useActionState, useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { DevelopersKey } from "@/lib/ui/messages/developers";
import { useMessages } from "@/lib/ui/messages/provider";
import { CopyLine } from "../copy-line";
import styles from "../settings.module.css";
import { type MakeResult, makeHook, removeHook } from "./actions";
import { AskingButton } from "./asking-button";
import own from "./developers.module.css";
import { SecretOnce } from "./secret-once";
import { useChange } from "./use-change";

/** The shapes that order webhooks come in, with our own first. */
const kinds = ["own", "woocommerce", "shopify"] as const;
type Kind = (typeof kinds)[number];

export interface ListedHook {
  readonly id: string;
  readonly kind: Kind;
  readonly address: string;
  /** Written out, in the shop's time; null: never. */
  readonly lastSeen: string | null;
  readonly lastError: { readonly at: string; readonly words: string } | null;
  readonly repeats: number;
}

/** Addresses at which the shop's systems report orders. */
export function OrderHooks({ hooks }: { readonly hooks: readonly ListedHook[] }) {
  const t = useMessages<DevelopersKey>("developers");
  const [result, make, making] = useActionState<MakeResult, FormData>(makeHook, { kind: "idle" });
  const [kind, setKind] = useState<Kind>("own");
  return (
    <>
      {hooks.length === 0 ? (
        <p className={own.empty}>{t("noHooks")}</p>
      ) : (
        <ul data-testid="order-hooks">
          {hooks.map((hook) => (
            <HookRow key={hook.id} hook={hook} />
          ))}
        </ul>
      )}
      <SecretOnce result={result} words="secretOnce" badWords="badSecret" />
      <form className={own.form} action={make}>
        <h3>{t("addHook")}</h3>
        <label className={styles.field}>
          <span>{t("hookKind")}</span>
          <select
            className={styles.input}
            name="kind"
            value={kind}
            onChange={(event) => setKind(kinds.find((known) => known === event.target.value) ?? "own")}
          >
            {kinds.map((known) => (
              <option key={known} value={known}>
                {t(known)}
              </option>
            ))}
          </select>
        </label>
        {kind === "shopify" && (
          <label className={styles.field}>
            <span>{t("shopifySecret")}</span>
            <input
              className={styles.input}
              name="secret"
              type="password"
              autoComplete="off"
              maxLength={200}
              required
            />
            <span className={styles.help}>{t("shopifySecretHelp")}</span>
          </label>
        )}
        <Button look="primary" type="submit" disabled={making} data-testid="add-order-hook">
          {t("add")}
        </Button>
      </form>
    </>
  );
}

function HookRow({ hook }: { readonly hook: ListedHook }) {
  const t = useMessages<DevelopersKey>("developers");
  const { busy, failed, run } = useChange();
  const { lastSeen, lastError } = hook;
  return (
    <li className={own.row} aria-busy={busy}>
      <div className={own.head}>
        <p className={`${styles.grow} ${styles.strong}`}>{t(hook.kind)}</p>
        <AskingButton
          words={t("remove")}
          question={t("removeHookAsk")}
          label={t(hook.kind)}
          busy={busy}
          onYes={() => run(() => removeHook(hook.id))}
        />
      </div>
      <CopyLine text={hook.address} />
      <p className={styles.help}>
        {lastSeen === null ? t("neverSeen") : t("lastSeen", { time: lastSeen })}
        {hook.repeats > 0 && ` · ${t("repeats", { count: hook.repeats })}`}
      </p>
      {lastError && (
        <p className={styles.bad}>{t("lastError", { time: lastError.at, error: lastError.words })}</p>
      )}
      {failed && (
        <p role="alert" className={styles.bad}>
          {t("failed")}
        </p>
      )}
    </li>
  );
}
