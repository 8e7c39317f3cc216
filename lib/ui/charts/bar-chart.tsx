/**
 * Lengths from a common zero, one row each. It is a table whose rows are drawn, so every number stands beside its bar as text and
 * nothing needs to be said twice (SPEC.md, CT10-CT12).
 */
import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import type { ReactNode } from "react";
import styles from "./row-chart.module.css";

export interface BarRow {
  readonly id: string;
  readonly label: string;
  readonly href?: string | undefined;
  readonly value: number;
  /** What is dark of the bar: a part of the value. */
  readonly part?: number | undefined;
  /** Behind the number, in small words. */
  readonly note?: ReactNode;
}

const THICKNESS = 12;

export function BarChart(props: {
  /** What it shows, in a few words. */
  readonly name: string;
  /** Heads of the columns: what a row is, and what is counted. */
  readonly rowName: string;
  readonly valueName: string;
  readonly rows: readonly BarRow[];
  readonly format: (value: number) => string;
}) {
  const { rows, format } = props;
  const length = scaleLinear({
    domain: [0, Math.max(0, ...rows.map(({ value }) => value)) || 1],
    range: [0, 100],
  });
  const share = (value: number) => `${Math.max(0, length(value))}%`;
  return (
    <table className={styles.chart}>
      <caption className="visually-hidden">{props.name}</caption>
      <thead>
        <tr>
          <th scope="col">{props.rowName}</th>
          <td />
          <th scope="col">{props.valueName}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label, href, value, part, note }) => (
          <tr key={id}>
            <th scope="row">{href === undefined ? label : <a href={href}>{label}</a>}</th>
            <td className={styles.drawn}>
              <svg width="100%" height={THICKNESS} aria-hidden="true">
                <Bar
                  className={part === undefined ? (styles.bar ?? "") : (styles.whole ?? "")}
                  width={share(value)}
                  height={THICKNESS}
                  rx={2}
                />
                {part === undefined ? null : (
                  <Bar className={styles.bar ?? ""} width={share(part)} height={THICKNESS} rx={2} />
                )}
              </svg>
            </td>
            <td className={styles.number}>
              {format(value)} {note === undefined ? null : <small>{note}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
