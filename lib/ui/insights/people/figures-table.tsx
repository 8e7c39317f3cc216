import type { ReactNode } from "react";
import styles from "./people.module.css";

export interface FiguresColumn {
  readonly name: string;
  /** Beside the name, in small words. */
  readonly unit?: string | undefined;
}

/** One row an agent, one column a figure; on a phone each row becomes a card with its figures named. */
export function FiguresTable(props: {
  readonly caption: string;
  readonly rowName: string;
  readonly columns: readonly FiguresColumn[];
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly href?: string | undefined;
    readonly cells: readonly ReactNode[];
  }[];
}) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{props.rowName}</th>
          {props.columns.map(({ name, unit }) => (
            <th key={name} scope="col">
              {name} {unit === undefined ? null : <small>{unit}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ id, name, href, cells }) => (
          <tr key={id}>
            <th scope="row">{href === undefined ? name : <a href={href}>{name}</a>}</th>
            {cells.map((cell, index) => (
              <td key={props.columns[index]?.name} data-label={props.columns[index]?.name}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
