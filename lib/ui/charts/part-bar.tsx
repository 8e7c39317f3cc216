import type { CSSProperties } from "react";
import styles from "./part-bar.module.css";

/**
 * Two lengths from a common zero: the whole, and the part of it. Rows of one table share `max`, so that they can be
 * compared by eye. The numbers themselves stand beside it, so it says nothing to screen readers.
 */
export function PartBar(props: { readonly part: number; readonly whole: number; readonly max: number }) {
  const share = (value: number) => (props.max === 0 ? "0%" : `${(100 * value) / props.max}%`);
  const lengths = { "--whole": share(props.whole), "--part": share(props.part) } as CSSProperties;
  return (
    <span className={styles.bar} style={lengths} aria-hidden="true">
      <span className={styles.whole} />
      <span className={styles.part} />
    </span>
  );
}
