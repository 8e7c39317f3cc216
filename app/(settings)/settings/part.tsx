import type { ReactNode } from "react";
import styles from "./settings.module.css";

/** One section of the page: what it is about, and the card in which it happens. */
export function Part(props: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-labelledby={`${props.id}-title`}>
      <div className={styles.about}>
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        <p>{props.text}</p>
      </div>
      <div className={styles.card}>{props.children}</div>
    </section>
  );
}
