import styles from "./part-nav.module.css";

/** The parts of the insights; each link keeps the period and the filters. */
export function PartNav(props: {
  readonly label: string;
  readonly parts: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
}) {
  return (
    <nav className={styles.parts} aria-label={props.label}>
      {props.parts.map(({ name, href, current }) => (
        <a key={href} href={href} aria-current={current ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
