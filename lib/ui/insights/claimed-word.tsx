/** A short word beside an amount, with its meaning one tap away; by a list of what is open, without a script. */
import styles from "./rule-note.module.css";

export function ClaimedWord(props: { readonly words: string; readonly meaning: string }) {
  return (
    <details className={styles.claimed} name="definition">
      <summary>{props.words}</summary>
      <div>{props.meaning}</div>
    </details>
  );
}
