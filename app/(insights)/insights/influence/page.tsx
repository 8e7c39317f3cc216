import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, peopleHrefs, pointHrefs, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { pointsOf } from "@/lib/insights/range";
import { loadFunnel } from "@/lib/insights/reports/funnel";
import { loadHoldout } from "@/lib/insights/reports/holdout";
import { loadInfluence } from "@/lib/insights/reports/influence";
import { loadStarts } from "@/lib/insights/reports/starts";
import { shareOf } from "@/lib/insights/small-cells";
import { canActAs } from "@/lib/protocol/roles";
import { HoldoutPart } from "@/lib/ui/insights/holdout-part";
import { BEHIND_ID } from "@/lib/ui/insights/influence/behind";
import { DayCharts } from "@/lib/ui/insights/influence/day-charts";
import { FunnelChart } from "@/lib/ui/insights/influence/funnel-chart";
import styles from "@/lib/ui/insights/influence/influence.module.css";
import type { InfluencePartProps } from "@/lib/ui/insights/influence/influence-props";
import { KindFigures } from "@/lib/ui/insights/influence/kind-figures";
import { VariantTable } from "@/lib/ui/insights/influence/variant-table";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { ReportSection } from "@/lib/ui/insights/report-section";
import { RuleNote, ruleWords } from "@/lib/ui/insights/rule-note";
import { StartsPart } from "@/lib/ui/insights/starts-part";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { BehindFigure } from "./behind-figure";
import { figureQuery, parseFigure } from "./figure";
import { startHref } from "./start-href";

const PATH = "/insights/influence";

export async function generateMetadata() {
  return { title: `${translator(insightsInfluenceMessages, await requestLocale())("title")} · Vetrina` };
}

/** What conversations earned, line by line, with the rule beside every figure and its rows one click away. */
export default async function InfluencePage(props: { readonly searchParams: Promise<SearchParams> }) {
  const parameters = await props.searchParams;
  const opened = await openReport(PATH, parameters);
  if (!opened) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale, manager } = opened;
  const t = translator(insightsInfluenceMessages, locale);
  const figure = parseFigure(parameters);
  const [influence, funnel, starts, holdout] = await Promise.all([
    loadInfluence(question),
    loadFunnel(question),
    loadStarts(question),
    loadHoldout(question),
  ]);
  const rule = ruleWords(influence.rule, locale);
  const part: InfluencePartProps = { t, locale, rule };
  const behindHref = (chosen: Parameters<typeof figureQuery>[0]) =>
    `${reportHref(PATH, question, figureQuery(chosen))}#${BEHIND_ID}`;
  const behind =
    figure === null ? null : <BehindFigure {...part} path={PATH} question={question} figure={figure} />;
  return (
    <ReportPage
      opened={opened}
      part="influence"
      title={t("title")}
      kept={figure === null ? {} : figureQuery({ ...figure, offset: 0 })}
    >
      <div className={styles.page}>
        <ReportSection
          id="revenue"
          locale={locale}
          title={t("revenue")}
          definition={[t("revenueDef"), rule]}
          csvHref={fileHref("influence", question, "csv")}
          jsonHref={fileHref("influence", question, "json")}
        >
          {canActAs(manager.role, "admin") ? (
            <p className={styles.rule}>
              <a href="/settings/reports">{t("change")}</a>
            </p>
          ) : null}
          <KindFigures
            {...part}
            influence={influence}
            behindHref={(kind) => behindHref({ of: "kind", kind, offset: 0 })}
          />
          {figure?.of === "kind" ? behind : null}
          {influence.days.length === 0 ? (
            <div className={styles.empty}>
              <h3>{t("emptyTitle")}</h3>
              <p>{t("emptyText")}</p>
            </div>
          ) : (
            <DayCharts
              {...part}
              influence={influence}
              points={pointsOf(question.range, question.timeZone)}
              pointHrefs={pointHrefs(PATH, question)}
            />
          )}
        </ReportSection>
        <ReportSection
          id="funnel"
          locale={locale}
          title={t("funnel")}
          definition={[t("funnelDef"), rule]}
          csvHref={fileHref("funnel", question, "csv")}
          jsonHref={fileHref("funnel", question, "json")}
        >
          <RuleNote rule={influence.rule} locale={locale} />
          <FunnelChart
            {...part}
            funnel={funnel}
            shareOf={shareOf}
            behindHref={(step) => behindHref({ of: "step", step, offset: 0 })}
          />
          {figure?.of === "step" ? behind : null}
        </ReportSection>
        {influence.variants.length === 0 ? null : (
          <ReportSection
            id="variants"
            locale={locale}
            title={t("products")}
            definition={[t("productsDef"), rule]}
            csvHref={fileHref("influence-products", question, "csv")}
            jsonHref={fileHref("influence-products", question, "json")}
          >
            <RuleNote rule={influence.rule} locale={locale} />
            <VariantTable {...part} rows={influence.variants} />
          </ReportSection>
        )}
        <StartsPart
          starts={starts}
          locale={locale}
          days={influence.rule.days}
          rowHref={(row) => startHref(row, question)}
          csvHref={fileHref("starts", question, "csv")}
          jsonHref={fileHref("starts", question, "json")}
        />
        <HoldoutPart
          report={holdout}
          locale={locale}
          peopleHref={peopleHrefs(question)}
          csvHref={fileHref("invitations", question, "csv")}
          jsonHref={fileHref("invitations", question, "json")}
        />
      </div>
    </ReportPage>
  );
}
