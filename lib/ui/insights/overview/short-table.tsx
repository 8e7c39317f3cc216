import type { ReactNode } from "react";
import styles from "./short-table.module.css";

export interface ShortRow {
  readonly id: string;
  readonly label: ReactNode;
  readonly href?: string | undefined;
  readonly cells: readonly ReactNode[];
}

/** The first few of a longer report, and the way to all of it. */
export function ShortTable(props: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly ShortRow[];
  readonly empty: string;
  readonly all: { readonly words: string; readonly href: string };
}) {
  const { head, rows } = props;
  return (
    <>
      {rows.length === 0 ? (
        <p className={styles.empty}>{props.empty}</p>
      ) : (
        <table className={styles.table}>
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              {head.map((word) => (
                <th key={word} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label, href, cells }) => (
              <tr key={id}>
                <th scope="row">{href === undefined ? label : <a href={href}>{label}</a>}</th>
                {cells.map((cell, index) => (
                  <td key={head[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <a className={styles.all} href={props.all.href}>
        {props.all.words}
      </a>
    </>
  );
}
