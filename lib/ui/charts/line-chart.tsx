/**
 * Series over time, drawn by the server: no script. Words keep their size at every width, since only the paths are stretched;
 * they stand beside their lines, and what is drawn stands in a table behind it (SPEC.md, CT1-CT9).
 */
import { AxisBottom, AxisLeft } from "@visx/axis";
import { GridRows } from "@visx/grid";
import { Group } from "@visx/group";
import { scaleLinear } from "@visx/scale";
import { Line, LinePath } from "@visx/shape";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsChartsMessages } from "@/lib/ui/messages/insights-charts";
import { ChartTable } from "./chart-table";
import styles from "./line-chart.module.css";
import { spreadLabels } from "./spread-labels";
import { fewOf, spanFromZero, wholeTicks } from "./ticks";

/** Which of the lines it is: each has a colour and a dash of its own. The period before and the hold-out are never solid. */
type LineLook = "main" | "second" | "before";

export interface LineSeries {
  readonly name: string;
  readonly look: LineLook;
  /** One for each point; null where there is nothing to say, which leaves a gap. */
  readonly values: readonly (number | null)[];
}

export interface LinePoint {
  /** Short, for the axis and the table: "12 May". */
  readonly label: string;
  /** What lies behind it. */
  readonly href?: string | undefined;
}

/** Pixels. */
const HEIGHT = 220;
/** Width of the stretched drawing in its own units. */
const UNITS = 1_000;
const Y_TICKS = 4;
/** Besides the longest number of the scale: its distance from the drawing, and letters that are wider than digits. Digits. */
const AXIS_SLACK = 3;
/** Words below the axis; narrow charts show every third one, since the last stands inside. */
const X_TICKS = 7;

export function LineChart(props: {
  /** Unique on the page. */
  readonly id: string;
  /** What it shows, in a few words. */
  readonly name: string;
  readonly locale: Locale;
  /** Head of the table's first column, such as "Day". */
  readonly pointsName: string;
  readonly points: readonly LinePoint[];
  readonly series: readonly LineSeries[];
  readonly format: (value: number) => string;
}) {
  const { id, name, points, series, format } = props;
  const t = translator(insightsChartsMessages, props.locale);
  const numbers = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const y = scaleLinear({ domain: spanFromZero(numbers), range: [HEIGHT, 0], nice: Y_TICKS });
  const ticks = wholeTicks(y.ticks(Y_TICKS), numbers);
  const longest = Math.max(0, ...ticks.map((tick) => format(tick).length));
  const at = (index: number) => (points.length > 1 ? index / (points.length - 1) : 0.5);
  const percent = scaleLinear({ domain: [0, 1], range: [0, 100] });
  const labelled = fewOf(points.length, X_TICKS);
  const ends = spreadLabels(
    series.flatMap(({ name: label, look, values }) => {
      const last = values.findLast((value) => value !== null);
      return last === undefined || last === null ? [] : [{ label, look, top: y(last) }];
    }),
    HEIGHT,
  );
  return (
    <figure className={styles.chart}>
      <ul className={styles.key} aria-hidden="true">
        {series.map(({ name: label, look }) => (
          <li key={label} data-look={look}>
            {label}
          </li>
        ))}
      </ul>
      <div className={styles.plot} style={{ paddingInlineStart: `${longest + AXIS_SLACK}ch` }}>
        <svg role="img" aria-label={name} aria-describedby={`${id}-desc`} width="100%" height={HEIGHT}>
          <desc id={`${id}-desc`}>{series.map((one) => describeSeries(one, format, t)).join(" ")}</desc>
          <svg
            viewBox={`0 0 ${UNITS} ${HEIGHT}`}
            preserveAspectRatio="none"
            width="100%"
            height={HEIGHT}
            aria-hidden="true"
          >
            <GridRows className={styles.grid ?? ""} scale={y} width={UNITS} tickValues={ticks} stroke="" />
            <Line
              className={styles.zero ?? ""}
              from={{ x: 0, y: y(0) }}
              to={{ x: UNITS, y: y(0) }}
              stroke=""
            />
            {series.map(({ name: label, look, values }) => (
              <LinePath
                key={label}
                className={styles.line ?? ""}
                data-look={look}
                data={values.map((value, index) => ({ value, index }))}
                defined={({ value }) => value !== null}
                x={({ index }) => at(index) * UNITS}
                y={({ value }) => y(value ?? 0)}
              />
            ))}
          </svg>
          <Slices points={points} series={series} format={format} />
          <AxisLeft
            scale={y}
            tickValues={ticks}
            tickFormat={(value) => format(Number(value))}
            hideTicks
            hideAxisLine
            tickComponent={(tick) => (
              <text className={styles.tick} x={-8} y={tick.y} dy="0.32em" textAnchor="end">
                {tick.formattedValue}
              </text>
            )}
          />
          <AxisBottom
            top={HEIGHT}
            axisClassName={styles.days ?? ""}
            scale={percent}
            tickValues={labelled.map(at)}
            tickFormat={(_, index) => points[labelled[index] ?? 0]?.label ?? ""}
            hideTicks
            hideAxisLine
            tickComponent={(tick) => (
              <text className={styles.tick} x={`${tick.x}%`} y={20} textAnchor={anchorOf(tick.x)}>
                {tick.formattedValue}
              </text>
            )}
          />
        </svg>
        <div className={styles.ends} aria-hidden="true">
          {ends.map(({ label, look, top }) => (
            <span key={label} data-look={look} style={{ top }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      <ChartTable
        caption={name}
        summary={t("table")}
        head={[props.pointsName, ...series.map((one) => one.name)]}
        rows={points.map(({ label, href }, index) => ({
          id: `${index}`,
          label,
          href,
          cells: series.map(({ values }) => cellOf(values[index], format)),
        }))}
      />
    </figure>
  );
}

/** Under the pointer, a point's numbers and a line through it. */
function Slices(props: {
  readonly points: readonly LinePoint[];
  readonly series: readonly LineSeries[];
  readonly format: (value: number) => string;
}) {
  const count = props.points.length;
  const width = 100 / Math.max(1, count - 1);
  return props.points.map(({ label }, index) => {
    const middle = count > 1 ? width * index : 50;
    const said = props.series.map(({ name, values }) => `${name} ${cellOf(values[index], props.format)}`);
    return (
      <Group key={`${label} ${middle}`} className={styles.slice ?? ""} aria-hidden="true">
        <Line from={{ x: 0, y: 0 }} to={{ x: 0, y: HEIGHT }} x1={`${middle}%`} x2={`${middle}%`} />
        <rect x={`${middle - width / 2}%`} width={`${width}%`} height={HEIGHT}>
          <title>{`${label}: ${said.join(", ")}`}</title>
        </rect>
      </Group>
    );
  });
}

function describeSeries(
  { name, values }: LineSeries,
  format: (value: number) => string,
  t: (key: "series" | "noValues", parameters: Record<string, string>) => string,
): string {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return t("noValues", { name });
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return t("series", { name, low: format(low), high: format(high), last: format(last) });
}

function cellOf(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}

/** The first and the last word stay inside the drawing. */
function anchorOf(percent: number): "start" | "middle" | "end" {
  if (percent < 3) return "start";
  return percent > 97 ? "end" : "middle";
}
