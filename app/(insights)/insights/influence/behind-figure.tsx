import { reportHref } from "@/app/(insights)/parts";
import type { Question } from "@/lib/insights/question";
import { loadFunnelRows } from "@/lib/insights/reports/funnel-rows";
import { loadInfluenceLines } from "@/lib/insights/reports/influence-lines";
import { BEHIND_ID, Behind, type BehindPages } from "@/lib/ui/insights/influence/behind";
import { type InfluencePartProps, stepWords } from "@/lib/ui/insights/influence/influence-props";
import { LineRows } from "@/lib/ui/insights/influence/line-rows";
import { PairRows } from "@/lib/ui/insights/influence/pair-rows";
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
  const page = { limit: PAGE_ROWS, offset: figure.offset };
  const pages = (total: number): BehindPages => ({
    closeHref: reportHref(path, question),
    newerHref: figure.offset > 0 ? hrefAt(Math.max(0, figure.offset - PAGE_ROWS)) : null,
    olderHref: figure.offset + PAGE_ROWS < total ? hrefAt(figure.offset + PAGE_ROWS) : null,
  });
  const hrefAt = (offset: number) =>
    `${reportHref(path, question, figureQuery({ ...figure, offset }))}#${BEHIND_ID}`;
  if (figure.of === "kind") {
    const { rows, total } = await loadInfluenceLines(question, figure.kind, page);
    return (
      <Behind t={t} name={t(figure.kind)} text={t("behindLines")} pages={pages(total)}>
        <LineRows {...part} rows={rows} timeZone={timeZone} />
      </Behind>
    );
  }
  const { rows, total } = await loadFunnelRows(question, figure.step, page);
  return (
    <Behind t={t} name={t(stepWords[figure.step])} text={t("behindPairs")} pages={pages(total)}>
      <PairRows {...part} rows={rows} timeZone={timeZone} />
    </Behind>
  );
}
