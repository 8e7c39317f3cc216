import styles from "./state-nav.module.css";

/** Which of the conversations: links, one of them chosen. */
export function StateNav(props: {
  readonly label: string;
  readonly states: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
}) {
  return (
    <nav className={styles.states} aria-label={props.label}>
      {props.states.map(({ name, href, current }) => (
        <a key={name} href={href} aria-current={current ? "true" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
