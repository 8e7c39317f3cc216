import { notFound } from "next/navigation";
import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, pairHrefs, pairQuery, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { loadListPage, parseOffset } from "@/lib/insights/list-page";
import { singleValue } from "@/lib/insights/question";
import { findProductPictures } from "@/lib/insights/reports/find-product-pictures";
import { listPairCases, pairStates, parsePair } from "@/lib/insights/reports/pair-cases";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { PairCases } from "@/lib/ui/insights/products/pair-cases";
import { productsWords } from "@/lib/ui/insights/products/words";
import { StateNav } from "@/lib/ui/insights/state-nav";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";

/** Cases on one page of the list. */
const PAGE_ROWS = 50;

export async function generateMetadata() {
  return { title: `${productsWords(await requestLocale())("title")} · Vetrina` };
}

/** What a pair's figures count, case by case. */
export default async function PairPage(props: { readonly searchParams: Promise<SearchParams> }) {
  const parameters = await props.searchParams;
  const opened = await openReport("/insights/pairs", parameters);
  if (opened === null) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale, path } = opened;
  const asked = parsePair((name) => singleValue(parameters, name));
  if (asked === null) notFound();
  const { kind, state, firstId, secondId } = asked;
  const [first, second] = await Promise.all(
    [firstId, secondId].map((id) => findProductPictures(question.shopId, id)),
  );
  if (!first || !second) notFound();
  const [{ rows, total, offset }, { rule }] = await Promise.all([
    loadListPage(parseOffset(singleValue(parameters, "after")), (start) =>
      listPairCases(question, asked, state, { offset: start, limit: PAGE_ROWS }),
    ),
    loadReportSettings(question.shopId),
  ]);
  const t = productsWords(locale);
  const pair = { first: { ...first, productId: firstId }, second: { ...second, productId: secondId } };
  const kept = pairQuery(pair, kind, state);
  const pageHref = (start: number) =>
    reportHref(path, question, start > 0 ? { ...kept, after: String(start) } : kept);
  return (
    <ReportPage opened={opened} part="products" title={`${first.title} + ${second.title}`} kept={kept}>
      <StateNav
        label={t("which")}
        states={pairStates.map((one) => ({
          name: t(`${kind}_${one}`, { first: first.title }),
          href: pairHrefs(question)(pair, kind, one),
          current: one === state,
        }))}
      />
      <PairCases
        locale={locale}
        timeZone={question.timeZone}
        kind={kind}
        state={state}
        first={first.title}
        second={second.title}
        rows={rows}
        total={total}
        days={rule.days}
        csvHref={fileHref("pair-cases", question, "csv", kept)}
        jsonHref={fileHref("pair-cases", question, "json", kept)}
        newerHref={offset > 0 ? pageHref(Math.max(0, offset - PAGE_ROWS)) : null}
        olderHref={offset + rows.length < total ? pageHref(offset + PAGE_ROWS) : null}
      />
    </ReportPage>
  );
}
