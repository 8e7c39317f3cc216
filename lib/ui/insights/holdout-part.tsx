/** What invitations are worth: one sentence that says what the interval allows, both groups drawn, and money for each person. */
import { Fragment } from "react";
import type { Holdout, HoldoutGroup } from "@/lib/insights/reports/holdout";
import type { HoldoutGroupName, HoldoutState } from "@/lib/insights/reports/holdout-people";
import type { Locale } from "@/lib/protocol/locales";
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { type InsightsHoldoutKey, insightsHoldoutMessages } from "@/lib/ui/messages/insights-holdout";
import { formatMoney } from "./format";
import styles from "./holdout-part.module.css";
import { ReportSection } from "./report-section";
import notes from "./rule-note.module.css";

type T = Translate<InsightsHoldoutKey>;

type PeopleHref = (group: HoldoutGroupName, state?: HoldoutState) => string;

export function HoldoutPart({
  report,
  locale,
  peopleHref,
  ...files
}: {
  readonly report: Holdout;
  readonly locale: Locale;
  /** To the people of a group, or those of whom something came. */
  readonly peopleHref: PeopleHref;
  readonly csvHref: string;
  readonly jsonHref: string;
}) {
  const t = translator(insightsHoldoutMessages, locale);
  const { invited, heldOut } = report;
  const some = invited.people + heldOut.people > 0;
  return (
    <ReportSection
      {...files}
      id="invitations"
      locale={locale}
      title={t("title")}
      definition={[t("definition"), t("definitionBuys", { days: report.days }), t("definitionInterval")]}
    >
      <p className={styles.verdict}>{some ? verdict(report, t, locale) : t("none")}</p>
      {some ? <p className={notes.note}>{t("within", { days: report.days })}</p> : null}
      {some ? <Groups report={report} t={t} locale={locale} peopleHref={peopleHref} /> : null}
      {report.verdict !== "tooFew" && report.revenue.length > 0 ? (
        <Spent report={report} t={t} locale={locale} />
      ) : null}
    </ReportSection>
  );
}

/** What the sentence about the way counts. */
const wayLinks = [
  ["invited", "opened"],
  ["invited", "talked"],
  ["heldOut", "talked"],
] as const;

/** Only what both ends of the interval allow. */
function verdict({ verdict: kind, difference, minGroup }: Holdout, t: T, locale: Locale): string {
  const { low, high } = difference;
  switch (kind) {
    case "tooFew":
      return t("tooFew", { least: minGroup });
    case "less":
      return t("less", { low: ofHundred(-high, locale), high: ofHundred(-low, locale) });
    default:
      return t(kind, { low: ofHundred(low, locale), high: ofHundred(high, locale) });
  }
}

function Groups(props: {
  readonly report: Holdout;
  readonly t: T;
  readonly locale: Locale;
  readonly peopleHref: PeopleHref;
}) {
  const { report, t, locale, peopleHref } = props;
  const { invited, heldOut } = report;
  const few = report.verdict === "tooFew";
  const row = (id: HoldoutGroupName, { people, bought, rate }: HoldoutGroup) => ({
    id,
    label: t(id),
    href: peopleHref(id),
    ...(few ? { value: null, low: null, high: null } : rate),
    note: <a href={peopleHref(id, "bought")}>{t("ofPeople", { bought, count: people })}</a>,
  });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <>
      <IntervalChart
        name={t("buyers")}
        locale={locale}
        rowName={t("group")}
        valueName={t("buyers")}
        rows={[row("invited", invited), row("heldOut", heldOut)]}
        format={(value) => percent.format(value)}
      />
      <p className={styles.way}>
        {t("way", { opened: invited.opened, talked: invited.talked, others: heldOut.talked })}
      </p>
      <p className={styles.way}>
        {wayLinks.map(([group, state]) => (
          <a key={`${group} ${state}`} href={peopleHref(group, state)}>
            {`${t(group)}: ${t(`state_${state}`)}`}
          </a>
        ))}
      </p>
    </>
  );
}

function Spent({ report, t, locale }: { report: Holdout; t: T; locale: Locale }) {
  return (
    <div className={styles.spent}>
      <h3>{t("spent")}</h3>
      {report.revenue.map(({ currency, invited, heldOut, claimed, difference }) => {
        const money = (minor: number) => formatMoney(minor, currency, locale);
        const note = t("spentNote", { invited: money(invited), heldOut: money(heldOut) });
        return (
          <Fragment key={currency}>
            <IntervalChart
              name={`${t("spent")}, ${currency}`}
              locale={locale}
              rowName={t("currency")}
              valueName={t("difference")}
              rows={[{ id: currency, label: currency, ...difference, note }]}
              format={money}
            />
            {claimed.invited === 0 && claimed.heldOut === 0 ? null : (
              <p className={styles.way}>
                {t("spentClaimed", { invited: money(claimed.invited), heldOut: money(claimed.heldOut) })}
              </p>
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

/** A share as people of a hundred, with one decimal. */
function ofHundred(share: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(100 * share);
}
