/** The first few people, products and pairs: who sells, and what. They come behind the figures, which need not wait for them. */
import type { Question } from "@/lib/insights/question";
import { loadPairs, type Pair } from "@/lib/insights/reports/pairs";
import { loadPeople } from "@/lib/insights/reports/people";
import { loadProducts } from "@/lib/insights/reports/products";
import { shareOf } from "@/lib/insights/small-cells";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import { ClaimedNote } from "@/lib/ui/insights/claimed-note";
import { formatCount, formatMoney } from "@/lib/ui/insights/format";
import { percentOf } from "@/lib/ui/insights/overview/change";
import { ShortTable } from "@/lib/ui/insights/overview/short-table";
import { ProductName } from "@/lib/ui/insights/products/product-name";
import { ReportSection } from "@/lib/ui/insights/report-section";
import { RuleNote, WindowNote } from "@/lib/ui/insights/rule-note";
import { translator } from "@/lib/ui/messages/define";
import { insightsOverviewMessages } from "@/lib/ui/messages/insights-overview";
import styles from "./insights/insights.module.css";
import { loadThumbnails } from "./insights/products/load-thumbnails";
import { pairHrefs, reportHref } from "./parts";

/** Rows of each table. */
const FEW = 5;

export async function OverviewTables(props: {
  readonly question: Question;
  readonly locale: Locale;
  /** By which people are ordered. */
  readonly currency: string | undefined;
  /** By which their revenue is credited. */
  readonly rule: AttributionRule;
}) {
  const { question, locale, currency } = props;
  const t = translator(insightsOverviewMessages, locale);
  const [league, products, pairs] = await Promise.all([
    loadPeople(question),
    loadProducts(question),
    loadPairs(question),
  ]);
  const sold = products.rows.toSorted((a, b) => b.bought - a.bought || b.shown - a.shown).slice(0, FEW);
  const thumbnails = await loadThumbnails(sold);
  const count = (value: number) => formatCount(value, locale);
  const earned = (agent: (typeof league.agents)[number]) =>
    agent.tooFew ? 0 : (agent.revenue.find((one) => one.currency === currency)?.minor ?? 0);
  const behind = (filters: Question["filters"]) =>
    reportHref("/insights/conversations", { ...question, filters: { ...question.filters, ...filters } });
  const claimed = (["ledTo", "together"] as const).flatMap((kind) =>
    pairs[kind].filter((pair) => pair.claimed).map((pair) => ({ ...pair, kind })),
  );
  const casesHref = pairHrefs(question);
  return (
    <div className={styles.tables}>
      <ReportSection id="people" locale={locale} title={t("people")} definition={t("peopleDef")}>
        <RuleNote rule={props.rule} locale={locale} />
        <ShortTable
          caption={t("people")}
          head={[t("agent"), t("taken"), t("boughtAfter"), t("revenueShort")]}
          empty={t("noPeople")}
          all={{ words: t("allPeople"), href: reportHref("/insights/people", question) }}
          rows={league.agents
            .toSorted((a, b) => earned(b) - earned(a) || b.taken - a.taken)
            .slice(0, FEW)
            .map((agent) => {
              const share = agent.tooFew ? null : shareOf(agent.buying, agent.taken);
              return {
                id: agent.memberId || "gone",
                label: agent.name || t("formerAgent"),
                href: agent.memberId === "" ? undefined : behind({ takenBy: agent.memberId }),
                cells: [
                  count(agent.taken),
                  share === null ? "–" : percentOf(share, locale),
                  agent.tooFew || agent.revenue.length === 0
                    ? "–"
                    : agent.revenue.map(({ minor, currency: unit, claimed: unproven }) => (
                        <span key={unit}>
                          {formatMoney(minor, unit, locale)}
                          <ClaimedNote money={[{ currency: unit, claimed: unproven }]} locale={locale} />
                        </span>
                      )),
                ],
              };
            })}
        />
      </ReportSection>
      <ReportSection id="products" locale={locale} title={t("products")} definition={t("productsDef")}>
        <WindowNote days={props.rule.days} locale={locale} />
        <ShortTable
          caption={t("products")}
          head={[t("product"), t("shownHead"), t("boughtHead")]}
          empty={t("noProducts")}
          all={{ words: t("allProducts"), href: reportHref("/insights/products", question) }}
          rows={sold.map(({ productId, title, shown, bought }) => ({
            id: productId,
            label: (
              <ProductName
                title={title}
                thumbnail={thumbnails.get(productId)}
                href={reportHref(`/insights/products/${productId}`, question)}
              />
            ),
            cells: [count(shown), count(bought)],
          }))}
        />
      </ReportSection>
      <ReportSection id="pairs" locale={locale} title={t("pairs")} definition={t("pairsDef")}>
        <WindowNote days={props.rule.days} locale={locale} />
        <ShortTable
          caption={t("pairs")}
          head={[t("pair"), t("cases"), t("lift")]}
          empty={t("noPairs")}
          all={{ words: t("allPairs"), href: reportHref("/insights/products", question) }}
          rows={distinctPairs(claimed)
            .slice(0, FEW)
            .map((pair) => ({
              id: `${pair.first.productId} ${pair.second.productId}`,
              label: `${pair.first.title} + ${pair.second.title}`,
              href: casesHref(pair, pair.kind),
              cells: [
                count(pair.support),
                `× ${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(pair.lift)}`,
              ],
            }))}
        />
      </ReportSection>
    </div>
  );
}

/** A pair that goes together in two ways is one pair; the most frequent first. */
function distinctPairs<One extends Pair>(pairs: readonly One[]): One[] {
  const key = ({ first, second }: Pair) => [first.productId, second.productId].sort().join(" ");
  const sorted = pairs.toSorted((a, b) => b.support - a.support);
  return sorted.filter((pair, index) => sorted.findIndex((other) => key(other) === key(pair)) === index);
}
