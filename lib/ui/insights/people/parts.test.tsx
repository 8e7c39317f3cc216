import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { PeopleRow } from "@/lib/insights/internal/people-row";
import { leagueOf } from "@/lib/insights/people-league";
import { ConversionPart } from "./conversion-part";
import type { PartProps } from "./part-props";
import { ResultsPart } from "./results-part";
import { RevenuePart } from "./revenue-part";
import { SatisfactionPart } from "./satisfaction-part";
import { TimesPart } from "./times-part";

const NONE = { count: 0, mean: 0, variance: 0 };

function agent(memberId: string | null, more: Partial<PeopleRow> = {}): PeopleRow {
  return {
    memberId,
    name: "Ines",
    conversations: 40,
    taken: 40,
    answered: 38,
    abandoned: 3,
    dropped: 2,
    wait: null,
    first: null,
    reply: null,
    duration: null,
    recommended: 12,
    buying: 10,
    orders: 10,
    pieces: 14,
    rated: 20,
    satisfied: 17,
    revenue: [],
    products: NONE,
    marks: NONE,
    compared: NONE,
    firstProduct: NONE,
    ...more,
  };
}

const props: PartProps = {
  league: leagueOf([agent(null), agent("ines")]),
  locale: "en",
  rule: { model: "last", days: 14, halfLifeDays: 7 },
  conversationsHref: (more) => `/list?${new URLSearchParams(more)}`,
  exportHref: (format) => `/file.${format}`,
};

describe("the parts of the report on people", () => {
  it.each([ConversionPart, TimesPart, ResultsPart, SatisfactionPart])(
    "[IN173] an agent's figures open the conversations that she took: %o",
    (Part) => {
      const links = renderToStaticMarkup(<Part {...props} />).match(/\/list\?[^"]*ines[^"]*/g) ?? [];
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) expect(link).toContain("takenBy=ines");
    },
  );

  it.each([RevenuePart, ResultsPart])("[AT9] the rule stands beside the figures: %o", (Part) => {
    expect(renderToStaticMarkup(<Part {...props} />)).toContain("window 14 days");
  });

  it("[IN131] how many ended without an answer stands beside the share that was answered, where any did", () => {
    const times = (dropped: number) =>
      renderToStaticMarkup(
        <TimesPart {...props} league={leagueOf([agent(null), agent("ines", { dropped })])} />,
      );
    expect(times(2)).toContain("95%<small>2 ended without an answer</small>");
    expect(times(0)).not.toContain("<small>0 ended");
  });
});
