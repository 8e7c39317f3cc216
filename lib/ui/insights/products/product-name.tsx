import styles from "./product-name.module.css";

export interface Thumbnail {
  readonly src: string;
}

/** Small pixels: what a row of a table has room for. */
const SIDE = 36;

/** A product as rows name it: a small picture, where there is one, and its title. */
export function ProductName(props: {
  readonly title: string;
  readonly thumbnail: Thumbnail | undefined;
  readonly href: string;
}) {
  return (
    <span className={styles.product}>
      {props.thumbnail === undefined ? (
        <span className={styles.none} />
      ) : (
        <img src={props.thumbnail.src} alt="" width={SIDE} height={SIDE} loading="lazy" />
      )}
      <a href={props.href}>{props.title}</a>
    </span>
  );
}
