import { fileHref, reportHref } from "@/app/(insights)/parts";
import { loadListPage } from "@/lib/insights/list-page";
import type { Question } from "@/lib/insights/question";
import { loadFunnelRows } from "@/lib/insights/reports/funnel-rows";
import { loadInfluenceLines } from "@/lib/insights/reports/influence-lines";
import { BEHIND_ID, Behind, type BehindPages } from "@/lib/ui/insights/influence/behind";
import { type InfluencePartProps, stepWords } from "@/lib/ui/insights/influence/influence-props";
import { LineRows } from "@/lib/ui/insights/influence/line-rows";
import { PairRows } from "@/lib/ui/insights/influence/pair-rows";
import { FileLinks } from "@/lib/ui/insights/report-section";
import { type Figure, figureQuery } from "./figure";

/** Rows on one page. */
const PAGE_ROWS = 50;

export async function BehindFigure(
  props: InfluencePartProps & {
    readonly path: string;
    readonly question: Question;
    readonly figure: Figure;
  },
) {
  const { path, question, figure, ...part } = props;
  const { t } = part;
  const { timeZone } = question;
  const pages = ({ offset, total }: { readonly offset: number; readonly total: number }): BehindPages => ({
    closeHref: reportHref(path, question),
    newerHref: offset > 0 ? hrefAt(Math.max(0, offset - PAGE_ROWS)) : null,
    olderHref: offset + PAGE_ROWS < total ? hrefAt(offset + PAGE_ROWS) : null,
  });
  const hrefAt = (offset: number) =>
    `${reportHref(path, question, figureQuery({ ...figure, offset }))}#${BEHIND_ID}`;
  if (figure.of === "kind") {
    const listed = await loadListPage(figure.offset, (offset) =>
      loadInfluenceLines(question, figure.kind, { limit: PAGE_ROWS, offset }),
    );
    return (
      <Behind t={t} name={t(figure.kind)} text={t("behindLines")} pages={pages(listed)}>
        <LineRows {...part} rows={listed.rows} timeZone={timeZone} />
        <FileLinks
          csvHref={fileHref("influence-lines", question, "csv")}
          jsonHref={fileHref("influence-lines", question, "json")}
          title={t("behindLines")}
        />
      </Behind>
    );
  }
  const listed = await loadListPage(figure.offset, (offset) =>
    loadFunnelRows(question, figure.step, { limit: PAGE_ROWS, offset }),
  );
  return (
    <Behind t={t} name={t(stepWords[figure.step])} text={t("behindPairs")} pages={pages(listed)}>
      <PairRows {...part} rows={listed.rows} timeZone={timeZone} />
      <FileLinks
        csvHref={fileHref("funnel-products", question, "csv", { step: figure.step })}
        jsonHref={fileHref("funnel-products", question, "json", { step: figure.step })}
        title={t("behindPairs")}
      />
    </Behind>
  );
}
