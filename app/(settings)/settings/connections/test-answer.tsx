"use client";
import type { ConnectionsKey } from "@/lib/ui/messages/connections";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import type { ConnectionResult } from "./actions";
import { problemWords, rightWords } from "./connection-words";

/** What came of it, read out when it comes. Null: it is being asked. */
export function TestAnswer({ result }: { readonly result: ConnectionResult | null }) {
  const t = useMessages<ConnectionsKey>("connections");
  return (
    <div>
      <div role="status" data-testid="connection-answer">
        {result === null && <p className={styles.help}>{t("asking")}</p>}
        {result?.kind === "saved" && <p className={styles.good}>{t("saved")}</p>}
        {result?.kind === "works" && <Works info={result.info} />}
      </div>
      <div role="alert" data-testid="connection-problem">
        {result?.kind === "refused" && <p className={styles.bad}>{t("failed")}</p>}
        {result?.kind === "invalid" && <p className={styles.bad}>{t("invalid")}</p>}
        {result?.kind === "failed" && (
          <>
            <p className={styles.bad}>{t(problemWords[result.problem])}</p>
            <p className={styles.help}>{t("said", { detail: result.detail })}</p>
          </>
        )}
      </div>
    </div>
  );
}

type Info = Extract<ConnectionResult, { readonly kind: "works" }>["info"];

function Works({ info }: { readonly info: Info }) {
  const t = useMessages<ConnectionsKey>("connections");
  const { platform, version, products, missingRights } = info;
  const list = new Intl.ListFormat(useLocale());
  return (
    <>
      <p className={styles.good}>
        {version === "" ? t("answerPlain", { platform }) : t("answer", { platform, version })}{" "}
        {products === null ? t("uncounted") : t("products", { count: products })}
      </p>
      {missingRights.length > 0 && (
        <p className={styles.help}>
          {t("missing", { rights: list.format(missingRights.map((right) => t(rightWords[right]))) })}
        </p>
      )}
    </>
  );
}
