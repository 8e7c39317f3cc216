import type { Range, RangeChoice } from "@/lib/insights/range";
import type { Locale } from "@/lib/protocol/locales";
import { buttonClass } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./range-picker.module.css";

/** Links and a plain form: the range lives in the address, so it can be kept, shared and gone back from. */
export function RangePicker(props: {
  readonly t: Translate<InsightsKey>;
  readonly locale: Locale;
  /** Days back from now, each a link. */
  readonly presets: readonly number[];
  readonly choice: RangeChoice;
  readonly range: Range;
}) {
  const { t, locale, presets, choice, range } = props;
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const last = choice.kind === "custom" ? choice.to : day(range.to);
  return (
    <nav className={styles.picker} aria-label={t("range")}>
      {presets.map((days) => (
        <a
          key={days}
          href={`/insights?days=${days}`}
          aria-current={choice.kind === "preset" && choice.days === days ? "true" : undefined}
        >
          {t("lastDays", { days })}
        </a>
      ))}
      <details className={styles.custom}>
        <summary data-current={choice.kind === "custom"}>
          {choice.kind === "custom"
            ? dates.formatRange(range.from, new Date(range.to.getTime() - 1))
            : t("custom")}
        </summary>
        <form action="/insights" method="get">
          <label>
            {t("from")}
            <input type="date" name="from" defaultValue={day(range.from)} required />
          </label>
          <label>
            {t("to")}
            <input type="date" name="to" defaultValue={last} required />
          </label>
          <button type="submit" className={buttonClass("primary")}>
            {t("apply")}
          </button>
          <p>{t("utcDays")}</p>
        </form>
      </details>
    </nav>
  );
}
