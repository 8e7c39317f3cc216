import type { ReactNode } from "react";
import type { LiveSnapshot } from "@/lib/protocol/live";
import type { InsightsLiveKey } from "@/lib/ui/messages/insights-live";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { ClaimedWord } from "../claimed-word";
import { formatCount, formatMoney } from "../format";
import { formatTime } from "../people/format-time";
import notes from "../rule-note.module.css";
import styles from "./live.module.css";

/** The day so far, by the shop's own midnight. */
export function LiveToday(props: {
  readonly today: LiveSnapshot["today"];
  readonly timeZone: string;
  /** Today's conversations. */
  readonly href: string;
  /** Within which orders follow a conversation, in words. */
  readonly window: string;
}) {
  const { today, timeZone } = props;
  const t = useMessages<InsightsLiveKey>("live");
  const locale = useLocale();
  const count = (value: number) => formatCount(value, locale);
  const midnight = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone }).format(today.since);
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t("todayVisitors"), count(today.visitors)],
    [
      t("conversations"),
      <a key="link" href={props.href} aria-label={t("todayLink")}>
        {count(today.conversations)}
      </a>,
    ],
    [t("taken"), count(today.taken)],
    [t("abandoned"), count(today.abandoned)],
    [t("wait"), today.wait === null ? "–" : formatTime(today.wait, locale)],
    [t("orders"), count(today.orders)],
    [
      t("value"),
      today.value.length === 0
        ? "–"
        : today.value.map(({ currency, minor, claimed }) => (
            <span key={currency} className={styles.amount}>
              {formatMoney(minor, currency, locale)}
              {claimed === 0 ? null : (
                <ClaimedWord
                  words={t("claimed", { amount: formatMoney(claimed, currency, locale) })}
                  meaning={t("claimedDef")}
                />
              )}
            </span>
          )),
    ],
  ];
  return (
    <section aria-labelledby="live-today">
      <h2 id="live-today">
        {t("today")} <small>{t("todaySince", { time: midnight })}</small>
      </h2>
      <dl className={styles.today}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={notes.note}>{props.window}</p>
    </section>
  );
}
