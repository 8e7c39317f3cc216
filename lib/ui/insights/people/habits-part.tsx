/** What agents above the rest do differently, said only where the difference is more than chance (IN141). */
import type { HabitComparison } from "@/lib/insights/internal/habits";
import type { Locale } from "@/lib/protocol/locales";
import { ReportSection } from "../report-section";
import { FiguresTable } from "./figures-table";
import { formatTime } from "./format-time";
import type { PartProps } from "./part-props";
import styles from "./people.module.css";
import { type PeopleWords, peopleWords } from "./words";

export function HabitsPart({ league, locale, exportHref }: PartProps) {
  const t = peopleWords(locale);
  return (
    <ReportSection
      id="people-habits"
      locale={locale}
      title={t("habitsTitle")}
      definition={[t("habitsDef1"), t("habitsDef2")]}
      csvHref={exportHref("csv", "people-habits")}
      jsonHref={exportHref("json", "people-habits")}
    >
      {league.habits === null ? (
        <p className={styles.said}>{t("habitsNone")}</p>
      ) : (
        <FiguresTable
          caption={t("habitsTitle")}
          rowName={t("habit")}
          columns={(["best", "rest", "difference"] as const).map((key) => ({ name: t(key) }))}
          rows={league.habits.map((compared) => ({
            id: compared.habit,
            name: t(compared.habit),
            cells: [
              figureOf(compared, compared.best, locale),
              figureOf(compared, compared.rest, locale),
              differenceWords(compared, t),
            ],
          }))}
        />
      )}
    </ReportSection>
  );
}

function figureOf({ habit }: HabitComparison, value: number, locale: Locale): string {
  if (habit === "firstProduct") return formatTime(value, locale);
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(locale, digits).format(value);
}

function differenceWords({ habit, difference }: HabitComparison, t: PeopleWords): string {
  const isTime = habit === "firstProduct";
  if (difference.low > 0) return t(isTime ? "later" : "more");
  if (difference.high < 0) return t(isTime ? "sooner" : "less");
  return t("noDifference");
}
