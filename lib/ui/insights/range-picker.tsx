import type { Locale } from "@/lib/protocol/locales";
import { buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import styles from "./range-picker.module.css";

export interface RangeChoices {
  /** Days back from now, each a link. */
  readonly presets: readonly { readonly days: number; readonly href: string; readonly current: boolean }[];
  /** Whether other days are chosen than a preset's. */
  readonly custom: boolean;
  /** The first and the last day, such as 2026-03-29. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** Links and a plain form: the range lives in the address, so it can be kept, shared and gone back from. */
export function RangePicker(props: {
  readonly locale: Locale;
  readonly choices: RangeChoices;
  /** The page itself, and what else its address holds. */
  readonly action: string;
  readonly kept: Readonly<Record<string, string>>;
}) {
  const { presets, custom, from, to, timeZone } = props.choices;
  const t = translator(insightsFrameMessages, props.locale);
  return (
    <nav className={styles.picker} aria-label={t("range")}>
      {presets.map(({ days, href, current }) => (
        <a key={days} href={href} aria-current={current ? "true" : undefined}>
          {days === 365 ? t("lastYear") : t("lastDays", { days })}
        </a>
      ))}
      <details className={styles.custom}>
        <summary data-current={custom}>{t("custom")}</summary>
        <form action={props.action} method="get">
          {Object.entries(props.kept).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label>
            {t("from")}
            <input type="date" name="from" defaultValue={from} required />
          </label>
          <label>
            {t("to")}
            <input type="date" name="to" defaultValue={to} required />
          </label>
          <button type="submit" className={buttonClass("primary")}>
            {t("apply")}
          </button>
          <p>{t("localDays", { timeZone: timeZone.replaceAll("_", " ") })}</p>
        </form>
      </details>
    </nav>
  );
}
