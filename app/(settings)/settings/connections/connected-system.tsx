"use client";
/** The connection as it stands: with what, since when, how it went last; and its end. */
import { useState, useTransition } from "react";
import type { ConnectionProblemKind } from "@/lib/catalogue/adapters/connection-problem";
import type { LiveKind } from "@/lib/catalogue/adapters/kinds";
import { Button } from "@/lib/ui/controls/button";
import type { ConnectionsKey } from "@/lib/ui/messages/connections";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { disconnect } from "./actions";
import { platformName, problemWords } from "./connection-words";
import own from "./connections.module.css";

export function ConnectedSystem(props: {
  readonly kind: LiveKind;
  readonly address: string;
  readonly since: string;
  readonly checked: string | null;
  readonly problem: ConnectionProblemKind | null;
}) {
  const { kind, address, since, checked, problem } = props;
  const t = useMessages<ConnectionsKey>("connections");
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const [ending, start] = useTransition();
  const end = () =>
    start(async () => {
      setFailed(false);
      await disconnect().catch(() => {
        setFailed(true);
        setAsking(false);
      });
    });
  return (
    <div className={styles.form} data-testid="connected-system">
      <div>
        <h3 className={styles.strong}>{t("connectedTo", { platform: platformName(kind, t) })}</h3>
        <p className={styles.help}>{t("since", { address, date: since })}</p>
        {checked !== null && <p className={styles.help}>{t("checked", { moment: checked })}</p>}
      </div>
      {problem === null ? (
        <p className={styles.good}>{t("works")}</p>
      ) : (
        <p className={styles.bad}>
          {t("lastProblem")} {t(problemWords[problem])}
        </p>
      )}
      {asking ? (
        <div className={own.ask}>
          <p>{t("disconnectAsk")}</p>
          <div className={styles.actions}>
            <Button look="danger" onClick={end} disabled={ending} data-testid="disconnect-yes">
              {t("disconnectYes")}
            </Button>
            <Button onClick={() => setAsking(false)} disabled={ending} autoFocus>
              {t("disconnectNo")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={styles.actions}>
          <Button onClick={() => setAsking(true)} data-testid="disconnect">
            {t("disconnect")}
          </Button>
          <p role="alert" className={styles.bad}>
            {failed && t("failed")}
          </p>
        </div>
      )}
    </div>
  );
}
