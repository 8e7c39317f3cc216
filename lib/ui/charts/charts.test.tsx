import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BarChart } from "./bar-chart";
import { IntervalChart } from "./interval-chart";
import { LineChart, type LineSeries } from "./line-chart";
import { Sparkline } from "./sparkline";
import { spreadLabels } from "./spread-labels";
import { fewOf, wholeTicks } from "./ticks";

const format = (value: number) => `${value} €`;

function lines(series: readonly LineSeries[]): string {
  return renderToStaticMarkup(
    <LineChart
      id="sales"
      name="Sales"
      locale="en"
      pointsName="Day"
      points={["1 May", "2 May", "3 May"].map((label) => ({ label, href: `/day/${label[0]}` }))}
      series={series}
      format={format}
    />,
  );
}
const now: LineSeries = { name: "This period", look: "main", values: [40, null, 60] };
const before: LineSeries = { name: "Period before", look: "before", values: [50, 55, 45] };

/** Heights that a path goes through, from the top. */
function heightsOf(markup: string, look: string): number[] {
  const [, path = ""] = new RegExp(`<path(?=[^>]*data-look="${look}")[^>]* d="([^"]*)"`).exec(markup) ?? [];
  return [...path.matchAll(/[ML][\d.]+,([\d.]+)/g)].map(([, height]) => Number(height));
}

describe("sparklines", () => {
  const draw = (values: readonly (number | null)[]) => renderToStaticMarkup(<Sparkline values={values} />);

  it("[CT15] dots lead over what is unknown, and only there", () => {
    expect(draw([1, null, 3, 4])).toMatch(/<path[^>]*data-few/);
    expect(draw([1, 2, 3, 4])).not.toContain("data-few");
  });

  it("[CT15] with most points unknown there is no course", () => {
    expect(draw([1, null, null])).toBe("");
    expect(draw([1, null])).not.toBe("");
  });
});

describe("lines", () => {
  it("[CT1] is one picture with a name and a description in words", () => {
    const markup = lines([now, before]);
    expect(markup).toContain('role="img" aria-label="Sales" aria-describedby="sales-desc"');
    expect(markup).toContain(
      "This period: from 40 € to 60 €, last 60 €. Period before: from 45 € to 55 €, last 45 €.",
    );
  });

  it("[CT1] says of a series without values that it has none", () => {
    expect(lines([{ ...now, values: [null, null, null] }])).toContain("This period: no values.");
  });

  it("[CT2] every number stands in the table behind it, and each row opens what lies behind", () => {
    const table = lines([now, before]).replace(/^.*<table/s, "");
    const cells = [...table.matchAll(/<td>([^<]*)<\/td>/g)].map(([, cell]) => cell);
    expect(cells).toEqual(["40 €", "50 €", "–", "55 €", "60 €", "45 €"]);
    expect(table).toContain('<a href="/day/1">1 May</a>');
  });

  it("[CT3] begins at zero: half the value is half the height", () => {
    const [low = 0, high = 0, bottom = 0] = heightsOf(lines([{ ...now, values: [50, 100, 0] }]), "main");
    expect(bottom).toBe(220);
    expect(220 - low).toBeCloseTo((220 - high) / 2);
  });

  it("[CT3] is drawn from zero when everything is zero", () => {
    expect(heightsOf(lines([{ ...now, values: [0, 0, 0] }]), "main")).toEqual([220, 220, 220]);
  });

  it("[CT3] what lies below zero is drawn below its line, and inside", () => {
    const markup = lines([{ ...now, values: [-50, 100, -20] }]);
    const [low = 0, high = 0, last = 0] = heightsOf(markup, "main");
    const zero = Number(/<line[^>]*class="[^"]*zero[^"]*"[^>]*y1="([\d.]+)"/.exec(markup)?.[1]);
    expect(zero).toBeGreaterThan(high);
    expect(last).toBeGreaterThan(zero);
    expect(low).toBeGreaterThan(last);
    expect(low).toBeLessThanOrEqual(220);
    expect(heightsOf(lines([{ ...now, values: [-50, -10, 0] }]), "main").at(-1)).toBe(0);
  });

  it("[CT4] leaves a gap where nothing is known", () => {
    expect(lines([now])).toMatch(/ d="M[\d.,]+ZM[\d.,]+Z"/);
  });

  it("[CT5] names stand at their ends, moved apart", () => {
    expect(lines([now, before])).toMatch(
      /<span data-look="before" style="top:[\d.]+px">Period before<\/span>/,
    );
    const spread = spreadLabels([{ top: 100 }, { top: 98 }, { top: 219 }, { top: 218 }], 220);
    const tops = spread.map(({ top }) => top).sort((a, b) => a - b);
    for (const [index, top] of tops.entries())
      expect(top - (tops[index - 1] ?? -30)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...tops)).toBeLessThanOrEqual(220);
  });

  it("[CT7] words are not part of what is stretched", () => {
    const stretched = /<svg viewBox[^>]*preserveAspectRatio="none".*?<\/svg>/s.exec(lines([now]))?.[0];
    expect(stretched).toContain("<path");
    expect(stretched).not.toContain("<text");
  });

  it("[CT9] the longest number beside the scale has its room, in digits", () => {
    const room = (values: number[]) =>
      Number(/padding-inline-start:(\d+)ch/.exec(lines([{ ...now, values }]))?.[1]);
    expect(room([0, 1, 2])).toBeGreaterThan("2 €".length + 1);
    expect(room([0, 10_000, 2_000_000])).toBeGreaterThan("2000000 €".length + 1);
  });

  it("[CT8] few points are named, the last one always, and nobody counts half a conversation", () => {
    for (const count of [0, 1, 2, 7, 8, 30, 92]) {
      const few = fewOf(count, 7);
      expect(few.length).toBeLessThanOrEqual(8);
      expect(few.at(-1) ?? -1).toBe(count - 1);
    }
    expect(wholeTicks([0, 0.5, 1], [1, 0])).toEqual([0, 1]);
    expect(wholeTicks([0, 0.5, 1], [0.2])).toEqual([0, 0.5, 1]);
  });
});

it("[CT3] a sparkline begins at zero and says nothing to screen readers", () => {
  const markup = renderToStaticMarkup(<Sparkline values={[0, 5, null, 10]} />);
  expect(markup).toContain('aria-hidden="true"');
  expect(markup).toMatch(/d="M0,26L33[\d.]*,14M100,2Z"/);
});

it("[CT3] a sparkline's line of zero rises where amounts lie below it", () => {
  const zeroOf = (values: number[]) =>
    Number(/<line[^>]*y1="([\d.]+)"/.exec(renderToStaticMarkup(<Sparkline values={values} />))?.[1]);
  expect(zeroOf([0, 5, 10])).toBe(26);
  expect(zeroOf([10, -10])).toBe(14);
  expect(renderToStaticMarkup(<Sparkline values={[10, -10]} />)).toContain('d="M0,2L100,26"');
});

describe("rows", () => {
  it("[CT10] bars share one scale from zero, and so do their parts", () => {
    const markup = renderToStaticMarkup(
      <BarChart
        name="Shown"
        rowName="Product"
        valueName="Times"
        format={format}
        rows={[
          { id: "a", label: "Hat", value: 200, part: 50 },
          { id: "b", label: "Scarf", value: 100 },
          { id: "c", label: "Bag", value: 0 },
        ]}
      />,
    );
    const widths = [...markup.matchAll(/<rect[^>]*width="([^"]*)"/g)].map(([, width]) => width);
    expect(widths).toEqual(["100%", "25%", "50%", "0%"]);
  });

  it("[CT11] each bar's number stands beside it as text", () => {
    const markup = renderToStaticMarkup(
      <BarChart
        name="Shown"
        rowName="Product"
        valueName="Times"
        format={format}
        rows={[{ id: "a", label: "Hat", href: "/hat", value: 7 }]}
      />,
    );
    expect(markup).toContain('<th scope="row"><a href="/hat">Hat</a></th>');
    expect(markup).toContain("7 €");
    expect(markup).toMatch(/<svg[^>]*aria-hidden="true"/);
  });

  const row = { id: "a", label: "Ines", value: 0.2, low: -0.1, high: 0.5 };
  const intervals = (rows: Parameters<typeof IntervalChart>[0]["rows"]) =>
    renderToStaticMarkup(
      <IntervalChart
        name="Conversion"
        locale="en"
        rowName="Agent"
        valueName="Rate"
        reference={{ label: "All", value: 0.9 }}
        format={format}
        rows={rows}
      />,
    );

  it("[CT13] the scale holds zero, every end and what rows are compared with", () => {
    const markup = intervals([row, { ...row, id: "b", low: 0.1, high: 0.3 }]);
    const places = [...markup.matchAll(/(?:x1|x2|cx)="([-\d.]+)%"/g)].map(([, place]) => Number(place));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThanOrEqual(100);
    expect(new Set(places).size).toBe(7);
    expect(markup).toContain("-0.1 € – 0.5 €");
  });

  it("[CT14] a row of too few stays without a mark, and says so", () => {
    const markup = intervals([{ ...row, value: null, low: null, high: null }]);
    expect(markup).toContain("Ines");
    expect(markup).toContain("too few to tell");
    expect(markup).not.toContain("<circle");
  });
});
