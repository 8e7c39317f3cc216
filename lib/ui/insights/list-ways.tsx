/** To the newer and the older rows of a list that has several pages. */
import { buttonClass } from "@/lib/ui/controls/button";
import styles from "./list-ways.module.css";

/** Null where there are none. */
export interface ListHrefs {
  readonly newerHref: string | null;
  readonly olderHref: string | null;
}

export function ListWays(
  props: ListHrefs & { readonly label: string; readonly newer: string; readonly older: string },
) {
  const { newerHref, olderHref } = props;
  if (newerHref === null && olderHref === null) return null;
  return (
    <nav className={styles.ways} aria-label={props.label}>
      {newerHref === null ? null : (
        <a className={buttonClass("secondary")} href={newerHref} rel="prev">
          {props.newer}
        </a>
      )}
      {olderHref === null ? null : (
        <a className={buttonClass("secondary")} href={olderHref} rel="next">
          {props.older}
        </a>
      )}
    </nav>
  );
}
