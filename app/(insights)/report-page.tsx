/** Frame of every page of the insights: its parts, the period with the one it is compared with, the filters, then the reports. */
import type { ReactNode } from "react";
import { filterQuery, filterValues, type Question, questionQuery } from "@/lib/insights/question";
import { localDay, presetDays, rangeBefore } from "@/lib/insights/range";
import { type FilterChoices, loadFilterChoices } from "@/lib/insights/reports/filter-choices";
import { findBehind } from "@/lib/insights/rollups/behind";
import { type Locale, locales } from "@/lib/protocol/locales";
import { BehindNote } from "@/lib/ui/insights/behind-note";
import { type ChosenFilter, FilterBar, type FilterField } from "@/lib/ui/insights/filter-bar";
import { shortAddress } from "@/lib/ui/insights/format";
import { PartNav } from "@/lib/ui/insights/part-nav";
import { PrintButton } from "@/lib/ui/insights/print-button";
import { RangePicker } from "@/lib/ui/insights/range-picker";
import { Screen } from "@/lib/ui/insights/screen";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import styles from "./insights/insights.module.css";
import type { OpenedReport } from "./open-report";
import { type Part, parts, reportHref } from "./parts";

export async function ReportPage(props: {
  readonly opened: OpenedReport;
  readonly part: Part;
  readonly title: string;
  /** What else the page's address holds, kept when the period or a filter changes. */
  readonly kept?: Readonly<Record<string, string>>;
  /** A filter that says nothing here. */
  readonly without?: FilterField["name"];
  readonly children: ReactNode;
}) {
  const { manager, question, locale, path } = props.opened;
  const more = props.kept ?? {};
  const t = translator(insightsFrameMessages, locale);
  const { filters, range, timeZone, preset } = question;
  const now = new Date();
  const [choices, behind] = await Promise.all([
    loadFilterChoices(question),
    findBehind(question.shopId, now),
  ]);
  const days = questionQuery({ ...question, filters: {} });
  return (
    <Screen t={translator(insightsMessages, locale)} name={manager.name}>
      <div className={styles.page}>
        <PartNav
          label={t("parts")}
          parts={parts.map(([part, href]) => ({
            name: t(part),
            href: reportHref(href, question),
            current: part === props.part,
          }))}
        />
        <div className={styles.frame}>
          <div className={styles.head}>
            <h1>{props.title}</h1>
            <RangePicker
              locale={locale}
              action={path}
              kept={{ ...filterQuery(filters), ...more }}
              choices={{
                timeZone,
                custom: preset === undefined,
                from: localDay(range.from, timeZone),
                to: localDay(new Date(range.to.getTime() - 1), timeZone),
                presets: presetDays.map((one) => ({
                  days: one,
                  href: reportHref(path, { ...question, preset: one }, more),
                  current: one === preset,
                })),
              }}
            />
            <PrintButton label={t("print")} />
          </div>
          <p className={styles.compared}>{t("compared", comparedWords(question, locale))}</p>
          <BehindNote behind={behind} timeZone={timeZone} locale={locale} now={now} />
          <FilterBar
            locale={locale}
            action={path}
            kept={{
              ...days,
              ...filterQuery({
                productId: filters.productId,
                takenBy: filters.takenBy,
                startedOn: filters.startedOn,
              }),
              ...more,
            }}
            fields={fieldsOf(choices, question, locale).filter(({ name }) => name !== props.without)}
            chosen={chosenOf(choices, props.opened, more)}
            clearHref={reportHref(path, { ...question, filters: {} }, more)}
          />
        </div>
        {props.children}
      </div>
    </Screen>
  );
}

function comparedWords({ range, timeZone }: Question, locale: Locale): { range: string; before: string } {
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const words = ({ from, to }: Question["range"]) =>
    dates.formatRange(from, Math.max(from.getTime(), to.getTime() - 1));
  return { range: words(range), before: words(rangeBefore(range, timeZone)) };
}

function fieldsOf(choices: FilterChoices, { filters }: Question, locale: Locale): FilterField[] {
  const t = translator(insightsFrameMessages, locale);
  const languages = new Intl.DisplayNames(locale, { type: "language" });
  const named = <Value extends string>(values: readonly Value[], nameOf: (value: Value) => string) =>
    values.map((value) => ({ value, name: nameOf(value) }));
  return [
    { name: "memberId", value: filters.memberId ?? "", choices: choices.members },
    ...(choices.teams.length === 0 && filters.teamId === undefined
      ? []
      : [{ name: "teamId" as const, value: filters.teamId ?? "", choices: choices.teams }]),
    { name: "category", value: filters.category ?? "", choices: named(choices.categories, (one) => one) },
    {
      name: "locale",
      value: filters.locale ?? "",
      choices: named(locales, (one) => languages.of(one) ?? one),
    },
    { name: "device", value: filters.device ?? "", choices: named(filterValues.device, t) },
    { name: "channel", value: filters.channel ?? "", choices: named(filterValues.channel, t) },
    { name: "trigger", value: filters.trigger ?? "", choices: named(filterValues.trigger, t) },
  ];
}

function chosenOf(
  choices: FilterChoices,
  { question, locale, path }: OpenedReport,
  more: Readonly<Record<string, string>>,
): ChosenFilter[] {
  const t = translator(insightsFrameMessages, locale);
  const without = (name: keyof Question["filters"]) =>
    reportHref(path, { ...question, filters: { ...question.filters, [name]: undefined } }, more);
  const { productId, takenBy, startedOn } = question.filters;
  const taker = choices.members.find(({ value }) => value === takenBy)?.name ?? "";
  const product: ChosenFilter[] =
    productId === undefined
      ? []
      : [{ words: t("chosenProduct", { name: choices.productTitle }), href: without("productId") }];
  const taken: ChosenFilter[] =
    takenBy === undefined ? [] : [{ words: t("takenBy", { name: taker }), href: without("takenBy") }];
  const started: ChosenFilter[] =
    startedOn === undefined
      ? []
      : [{ words: t("startedOn", { page: shortAddress(startedOn) }), href: without("startedOn") }];
  const fields = fieldsOf(choices, question, locale).filter(({ value }) => value !== "");
  return [
    ...product,
    ...taken,
    ...started,
    ...fields.map(({ name, value, choices: known }) => ({
      words: `${t(name)}: ${known.find((choice) => choice.value === value)?.name ?? value}`,
      href: without(name),
    })),
  ];
}
