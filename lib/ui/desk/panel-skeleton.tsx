import styles from "./panel-skeleton.module.css";

/** Keeps the panel's place while its code loads. */
export function PanelSkeleton() {
  return (
    <div className={styles.stage} aria-hidden="true">
      <div className={styles.picture} />
    </div>
  );
}
