import styles from "./chart-table.module.css";

export interface ChartTableRow {
  readonly id: string;
  readonly label: string;
  readonly href?: string | undefined;
  readonly cells: readonly string[];
}

/** Every number of a chart as text, one click away; each row opens what lies behind it. */
export function ChartTable(props: {
  readonly caption: string;
  readonly summary: string;
  readonly head: readonly string[];
  readonly rows: readonly ChartTableRow[];
}) {
  return (
    <details className={styles.behind}>
      <summary>{props.summary}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroll} aria-label={props.caption} tabIndex={0}>
        <table className={styles.table}>
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              {props.head.map((word) => (
                <th key={word} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map(({ id, label, href, cells }) => (
              <tr key={id}>
                <th scope="row">{href === undefined ? label : <a href={href}>{label}</a>}</th>
                {cells.map((cell, index) => (
                  <td key={props.head[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
