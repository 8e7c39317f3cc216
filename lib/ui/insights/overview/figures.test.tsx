import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { ClaimedMoney } from "@/lib/insights/money";
import type { Overview, OverviewFigures } from "@/lib/insights/reports/overview";
import { shareOf } from "@/lib/insights/small-cells";
import { translator } from "@/lib/ui/messages/define";
import { insightsOverviewMessages } from "@/lib/ui/messages/insights-overview";
import { CourseTable } from "./course-table";
import { OverviewFiguresPart } from "./figures";

const figures = (conversations: number): OverviewFigures => ({
  visits: 90,
  conversations,
  answered: conversations,
  inTime: conversations,
  taken: conversations,
  ordered: conversations,
  alone: 40,
  orderedAlone: 4,
  recommended: 0,
  recommendationsBought: 0,
  rated: 0,
  satisfied: 0,
});

/** One point a number of conversations, all of them answered in time and followed by an order. */
function draw(conversations: readonly number[], money: ClaimedMoney = []): string {
  const points = conversations.map((count, index) => ({ ...figures(count), day: `2026-05-0${index + 1}` }));
  const now: Overview = { unit: "day", total: figures(20), points };
  return renderToStaticMarkup(
    <OverviewFiguresPart
      t={translator(insightsOverviewMessages, "en")}
      locale="en"
      now={now}
      before={figures(20)}
      revenue={{ money, before: [], course: [0, 0, 0] }}
      rule={{ model: "last", days: 30, halfLifeDays: 7 }}
      shareOf={shareOf}
      seconds={60}
      leastCell={5}
      behind={(state) => `/list?state=${state}`}
      visitsBehind={(state) => `/visits?state=${state}`}
      revenueHref="/lines#behind"
    />,
  );
}

/** What one of the five draws over time; icons are drawn, too, but never stretched. */
const course = (markup: string, figure: number) =>
  [...markup.matchAll(/preserveAspectRatio="none".*?<path[^>]* d="([^"]*)"/g)].map(([, path]) => path)[
    figure
  ];

describe("the figures of the overview", () => {
  const money = [
    { currency: "EUR", minor: 30_000, claimed: 4_000 },
    { currency: "CHF", minor: 9_000, claimed: 0 },
  ];

  it("[IN179] days with fewer than five conversations leave a gap in the course of a rate", () => {
    const IN_TIME = 2;
    const starts = (path: string | undefined) => path?.split("M").length ?? 0;
    expect(starts(course(draw([9, 9, 9, 9, 9]), IN_TIME))).toBe(2);
    expect(starts(course(draw([9, 9, 1, 9, 9]), IN_TIME))).toBe(3);
  });

  it("[AT9][AT26] revenue stands with its rule, and with what of it only browsers claim", () => {
    const markup = draw([9], money);
    expect(markup).toContain("window 30 days");
    expect(markup).toContain("€40.00 unconfirmed");
    expect(markup).not.toContain("CHF 0.00 unconfirmed");
    expect(draw([9])).not.toContain("unconfirmed");
  });

  it("[IN242] visits, and those who ordered without a conversation, open the visits behind them", () => {
    const markup = draw([9]);
    expect(markup).toMatch(/<a href="\/visits\?state=all"><span>90</);
    expect(markup).toMatch(/<a href="\/visits\?state=orderedAlone">10% without/);
  });

  it("[AT27] revenue opens the order lines that it is made of", () => {
    expect(draw([9], money)).toMatch(/<a href="\/lines#behind"><span>€300.00/);
  });

  it("[CT2] every number of the small courses stands in a table, of few no rate, and each row opens its day", () => {
    const points = [9, 4].map((count, index) => ({ ...figures(count), day: `2026-05-0${index + 1}` }));
    const markup = renderToStaticMarkup(
      <CourseTable
        t={translator(insightsOverviewMessages, "en")}
        locale="en"
        now={{ unit: "day", total: figures(13), points }}
        revenue={{ currency: "EUR", course: [-500, 1_050] }}
        shareOf={shareOf}
        seconds={60}
        pointHrefs={["/first", "/second"]}
      />,
    );
    const cells = [...markup.matchAll(/<td>([^<]*)<\/td>/g)].map(([, cell]) => cell);
    expect(cells).toEqual([
      ...["90", "9", "100%", "100%", "–", "-€5.00"],
      ...["90", "4", "–", "–", "–", "€10.50"],
    ]);
    expect(markup).toContain('<a href="/second">May 2</a>');
  });
});
