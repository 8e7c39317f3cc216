import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { funnelSteps } from "@/lib/insights/funnel-steps";
import type { Funnel } from "@/lib/insights/reports/funnel";
import type { Holdout } from "@/lib/insights/reports/holdout";
import type { Pair } from "@/lib/insights/reports/pairs";
import { judgeProducts } from "@/lib/insights/reports/products";
import type { Starts } from "@/lib/insights/reports/starts";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsOverviewMessages } from "@/lib/ui/messages/insights-overview";
import { ConversationTable } from "./conversation-table";
import { HoldoutPart } from "./holdout-part";
import { HoldoutPeoplePart } from "./holdout-people";
import { funnelFile } from "./influence/funnel-file";
import { variantsFile } from "./influence/variants-file";
import { LiveToday } from "./live/live-today";
import { Steps } from "./overview/steps";
import { JudgedPart } from "./products/judged-part";
import { PairCases } from "./products/pair-cases";
import { pairCasesFile } from "./products/pair-cases-file";
import { PairPart } from "./products/pair-part";
import { ProductFigures } from "./products/product-figures";
import { pairsFile, productsFile } from "./products/product-files";
import { ProductTable } from "./products/product-table";
import { ruleWords, windowWords } from "./rule-note";
import { startsFile } from "./starts-file";
import { StartsPart } from "./starts-part";

const DAYS = 14;
const rule = { model: "last", days: DAYS, halfLifeDays: 7 } as const;
const en = { locale: "en", csvHref: "/csv", jsonHref: "/json" } as const;
const href = () => "/";

const products = judgeProducts([
  {
    ...{ productId: "hat", title: "Hat", pictureId: null, pictureSizes: [], seen: 9, shown: 9, drawn: 0 },
    ...{
      recommended: 9,
      opened: 9,
      carted: 9,
      bought: 9,
      returned: 0,
      boughtOfShown: 9,
      asked: 0,
      discussed: 0,
    },
    ...{ messages: 0, questions: 0 },
  },
]);
const rate = { value: 0.5, low: 0.4, high: 0.6 };
const hat = { productId: "hat", title: "Hat" };
const pair: Pair = {
  ...{ first: hat, second: { ...hat, productId: "bag" }, support: 9, withFirst: 9, rate },
  ...{ usual: 0.1, lift: 3, claimed: true },
};
const funnel: Funnel = {
  steps: funnelSteps.map((step) => ({ step, count: 9, through: 9 })),
  ...{ returned: 2, ordered: [], kept: [] },
};
const starts: Starts = {
  rows: [
    {
      ...{ kind: "page", name: "https://shop.test/hats", title: "Hats" },
      ...{ conversations: 9, taken: 9, bought: 9, conversion: rate },
    },
  ],
  pages: 1,
};
const group = { people: 40, opened: 9, talked: 9, bought: 9, rate };
const holdout: Holdout = {
  ...{
    days: 7,
    minGroup: 30,
    invited: group,
    heldOut: group,
    verdict: "open",
    difference: rate,
    revenue: [],
  },
};

describe("beside figures that the rule decides", () => {
  const list = { ...en, timeZone: "UTC", rows: [], total: 0, offset: 0, newerHref: null, olderHref: null };
  const pairLinks = { productHref: href, casesHref: href };
  const parts: readonly (readonly [string, ReactElement])[] = [
    [
      "the overview's steps",
      <Steps
        {...en}
        key=""
        t={translator(insightsOverviewMessages, "en")}
        funnel={funnel}
        href="/"
        countHref={href}
        rule={rule}
      />,
    ],
    [
      "conversations",
      <ConversationTable {...list} key="" t={translator(insightsMessages, "en")} days={DAYS} />,
    ],
    [
      "products",
      <ProductTable
        {...en}
        key=""
        {...{
          rows: products.rows,
          thumbnails: new Map(),
          sorting: "shown",
          sortHref: href,
          productHref: href,
        }}
        days={DAYS}
      />,
    ],
    [
      "how products sell",
      <JudgedPart {...en} key="" report={products} productHref={href} behindHref="/" days={DAYS} />,
    ],
    [
      "what seeing led to",
      <PairPart {...en} {...pairLinks} key="" kind="ledTo" pairs={[pair]} least={5} days={DAYS} />,
    ],
    [
      "the cases behind a pair",
      <PairCases {...list} key="" kind="ledTo" state="both" first="Hat" second="Scarf" days={DAYS} />,
    ],
    ["where conversations begin", <StartsPart {...en} key="" starts={starts} rowHref={href} days={DAYS} />],
    ...products.rows.map(
      (row) =>
        [
          "one product",
          <ProductFigures {...en} key="" row={row} soldOfShown={1} stepHref={href} days={DAYS} />,
        ] as const,
    ),
    [
      "today",
      <LiveToday
        key=""
        {...{ timeZone: "UTC", href: "/", window: windowWords(DAYS, "en") }}
        today={{
          ...{
            since: 0,
            visitors: 1,
            conversations: 1,
            taken: 1,
            abandoned: 0,
            wait: null,
            orders: 1,
            value: [],
          },
        }}
      />,
    ],
  ];
  it.each(parts)("[AT9] its window is printed: %s", (_, part) => {
    expect(renderToStaticMarkup(part)).toMatch(/[Ww]indow 14 days/);
  });

  it("[AT9] pairs of one order know no window", () => {
    const markup = renderToStaticMarkup(
      <>
        <PairPart {...en} {...pairLinks} kind="together" pairs={[pair]} least={5} days={DAYS} />
        <PairCases {...list} kind="together" state="both" first="Hat" second="Scarf" days={DAYS} />
      </>,
    );
    expect(markup).not.toMatch(/[Ww]indow/);
  });

  it("[IN201] the hold-out prints its own days", () => {
    for (const part of [
      <HoldoutPart {...en} key="" report={holdout} peopleHref={href} />,
      <HoldoutPeoplePart {...list} key="" group="invited" days={7} />,
    ])
      expect(renderToStaticMarkup(part)).toContain(
        ">Within 7 days of that moment · filters do not apply</p>",
      );
  });
});

describe("in files", () => {
  const words = ruleWords(rule, "en");
  const variant = {
    ...{ productId: "hat", title: "Hat", externalId: "hat-1", variant: "S", currency: "EUR" },
    ...{ direct: 900, assisted: 0, pieces: 1, proposed: 1 },
  };
  const pairCase = { at: 0, orderId: "", conversationId: "c", customer: "", agent: "", both: true };
  it.each([
    ["funnel", funnelFile(funnel, words), words],
    ["variants", variantsFile({ variants: [variant] }, words), words],
    ["starts", startsFile(starts, DAYS, "en"), "Window 14 days"],
    ["products", productsFile(products, DAYS, "en"), "Window 14 days"],
    ["cases of a pair", pairCasesFile([pairCase], "ledTo", DAYS, "en"), "Window 14 days"],
    ["pairs", pairsFile({ together: [], ledTo: [pair] }, DAYS, "en"), "Window 14 days"],
  ])("[AT9] it stands in every row: %s", (_, { head, rows }, expected) => {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toHaveLength(head.length);
      expect(row[head.findIndex((name) => /^rule$/i.test(String(name)))]).toBe(expected);
    }
  });
});
