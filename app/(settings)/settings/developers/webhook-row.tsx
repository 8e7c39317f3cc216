"use client";
import { useState, useTransition } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { DevelopersKey } from "@/lib/ui/messages/developers";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { removeWebhook, type SendResult, sendAgain, switchWebhook, testWebhook } from "./actions";
import { AskingButton } from "./asking-button";
import own from "./developers.module.css";
import { useChange } from "./use-change";
import { typeWords } from "./webhook-words";

export interface ListedWebhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly active: boolean;
  /** Times are written out. Null: an admin switched it off, or it is on. */
  readonly disabledAt: string | null;
  readonly failing: { readonly count: number; readonly since: string } | null;
  readonly deliveries: readonly {
    readonly id: string;
    readonly type: string;
    readonly status: string;
    readonly answered: number | null;
    readonly error: string | null;
    readonly at: string;
    readonly nextAt: string;
  }[];
}

export function WebhookRow({ webhook }: { readonly webhook: ListedWebhook }) {
  const t = useMessages<DevelopersKey>("developers");
  const { busy, failed, run } = useChange();
  const [sent, setSent] = useState<SendResult | null>(null);
  const [sending, start] = useTransition();
  const send = (work: () => Promise<SendResult>) => start(async () => setSent(await work()));
  const { id, url, active, disabledAt, failing, deliveries } = webhook;
  return (
    <li className={own.row} aria-busy={busy || sending}>
      <div className={own.head}>
        <p className={`${styles.grow} ${styles.strong}`}>
          {url} <span className={active ? styles.tag : own.off}>{t(active ? "working" : "off")}</span>
        </p>
      </div>
      <p className={styles.help}>{webhook.types.map((type) => t(typeWords(type))).join(" · ")}</p>
      {disabledAt !== null && <p className={styles.bad}>{t("disabled", { time: disabledAt })}</p>}
      {active && failing && (
        <p className={styles.bad}>{t("failing", { count: failing.count, time: failing.since })}</p>
      )}
      <div className={own.head}>
        <Button disabled={sending} onClick={() => send(() => testWebhook(id))}>
          {t("test")}
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => run(() => switchWebhook(id, !active))}>
          {t(active ? "switchOff" : "switchOn")}
        </Button>
        <AskingButton
          words={t("remove")}
          question={t("removeWebhookAsk")}
          label={url}
          busy={busy}
          onYes={() => run(() => removeWebhook(id))}
        />
      </div>
      <div aria-live="polite">
        {sent && <SentWords sent={sent} />}
        {failed && <p className={styles.bad}>{t("failed")}</p>}
      </div>
      <details className={own.sent}>
        <summary>{t("deliveries")}</summary>
        {deliveries.length === 0 && <p className={styles.help}>{t("noDeliveries")}</p>}
        <ul>
          {deliveries.map((delivery) => (
            <li key={delivery.id} className={own.delivery}>
              <span>{delivery.at}</span>
              <span className={styles.grow}>
                {t(typeWords(delivery.type))}
                <span className={styles.help}> · {stateWords(delivery, t)}</span>
              </span>
              <Button
                look="quiet"
                aria-label={`${t("again")}: ${t(typeWords(delivery.type))}, ${delivery.at}`}
                disabled={sending}
                onClick={() => send(() => sendAgain(delivery.id))}
              >
                {t("again")}
              </Button>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function SentWords({ sent }: { readonly sent: SendResult }) {
  const t = useMessages<DevelopersKey>("developers");
  if (sent.kind === "refused") return <p className={styles.bad}>{t("failed")}</p>;
  return sent.delivered ? (
    <p className={styles.good}>{t("sentOk", { status: String(sent.answered) })}</p>
  ) : (
    <p className={styles.bad}>{t("sentBad", { error: sent.error ?? "" })}</p>
  );
}

function stateWords(
  { status, nextAt, error }: ListedWebhook["deliveries"][number],
  t: ReturnType<typeof useMessages<DevelopersKey>>,
): string {
  if (status === "delivered") return t("delivered");
  const state = status === "pending" ? t("pending", { time: nextAt }) : t("gaveUp");
  return error === null ? state : `${state} (${error})`;
}
