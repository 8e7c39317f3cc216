/**
 * Values with how sure they are, one row each, on one scale from zero: a short line is a sure one, and two that overlap are not told apart.
 * It is a table whose rows are drawn: every number stands beside it as text (SPEC.md, CT13-CT15).
 */
import { scaleLinear } from "@visx/scale";
import { Circle, Line } from "@visx/shape";
import type { ReactNode } from "react";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsChartsMessages } from "@/lib/ui/messages/insights-charts";
import styles from "./row-chart.module.css";

export interface IntervalRow {
  readonly id: string;
  readonly label: string;
  readonly href?: string | undefined;
  /** Null: too few to say anything; the row stays and says so. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Behind the numbers, in small words. */
  readonly note?: ReactNode;
  /** Drawn pale: too few to be compared. */
  readonly muted?: boolean | undefined;
}

const HEIGHT = 20;
const DOT = 4;

export function IntervalChart(props: {
  /** What it shows, in a few words. */
  readonly name: string;
  readonly locale: Locale;
  /** Heads of the columns: what a row is, and what is measured. */
  readonly rowName: string;
  readonly valueName: string;
  readonly rows: readonly IntervalRow[];
  /** What rows are compared with, such as the mean of all. */
  readonly reference?: { readonly label: string; readonly value: number } | undefined;
  readonly format: (value: number) => string;
}) {
  const { rows, reference, format } = props;
  const t = translator(insightsChartsMessages, props.locale);
  const ends = [...rows.flatMap(({ value, low, high }) => [value, low, high]), reference?.value ?? 0];
  const known = [0, ...ends.filter((end) => end !== null)];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = scaleLinear({ domain: [least, most === least ? least + 1 : most], range: [0, 100], nice: true });
  const at = (value: number) => `${x(value)}%`;
  return (
    <table className={styles.chart}>
      <caption className="visually-hidden">{props.name}</caption>
      <thead>
        <tr>
          <th scope="col">{props.rowName}</th>
          <td className={styles.reference}>
            {reference === undefined ? null : `┆ ${reference.label}: ${format(reference.value)}`}
          </td>
          <th scope="col">{props.valueName}</th>
          <th scope="col">{t("interval")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label, href, value, low, high, note, muted }) => (
          <tr key={id} data-muted={muted}>
            <th scope="row">{href === undefined ? label : <a href={href}>{label}</a>}</th>
            <td className={styles.drawn}>
              <svg width="100%" height={HEIGHT} aria-hidden="true">
                <Upright className={styles.zero} at={at(0)} />
                {reference === undefined ? null : (
                  <Upright className={styles.compared} at={at(reference.value)} />
                )}
                {low === null || high === null ? null : (
                  <Line
                    className={styles.span ?? ""}
                    x1={at(low)}
                    x2={at(high)}
                    y1={HEIGHT / 2}
                    y2={HEIGHT / 2}
                  />
                )}
                {value === null ? null : (
                  <Circle className={styles.dot ?? ""} cx={at(value)} cy={HEIGHT / 2} r={DOT} />
                )}
              </svg>
            </td>
            <td className={styles.number}>
              {value === null ? t("tooFew") : format(value)}{" "}
              {note === undefined ? null : <small>{note}</small>}
            </td>
            <td className={styles.number}>
              {low === null || high === null ? "–" : `${format(low)} – ${format(high)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Upright(props: { readonly className: string | undefined; readonly at: string }) {
  return <Line className={props.className ?? ""} x1={props.at} x2={props.at} y1={0} y2={HEIGHT} />;
}
