import type { ReactNode } from "react";
import type { Locale } from "@/lib/protocol/locales";
import { Sparkline } from "@/lib/ui/charts/sparkline";
import { Definition } from "../report-section";
import styles from "./figures.module.css";

/** Characters of a value that half a phone has no room for in the size of the others. */
const LONG_VALUE = 9;

/** One number: what it means, how it went, and what it was before. */
export function Figure(props: {
  readonly locale: Locale;
  readonly name: string;
  readonly definition: string | readonly string[];
  /** Several for amounts of several currencies. */
  readonly values: readonly string[];
  /** What lies behind it. */
  readonly href?: string | undefined;
  /** How it stands against the period before, and that period's. */
  readonly change?: string | undefined;
  readonly before?: string | undefined;
  readonly aside?: string | undefined;
  /** What lies behind that. */
  readonly asideHref?: string | undefined;
  /** By which rule, and how sure. */
  readonly notes?: ReactNode;
  readonly course: readonly (number | null)[];
}) {
  const { values, href, aside, asideHref } = props;
  const shown = values.map((value) => <span key={value}>{value}</span>);
  return (
    <div className={styles.figure}>
      <div className={styles.head}>
        <h2>{props.name}</h2>
        <Definition locale={props.locale} name={props.name} definition={props.definition} />
      </div>
      <p
        className={styles.values}
        data-small={values.length > 1}
        data-long={values.some(({ length }) => length > LONG_VALUE)}
      >
        {href === undefined ? shown : <a href={href}>{shown}</a>}
      </p>
      <p className={styles.change}>
        {props.change === undefined ? null : <strong>{props.change}</strong>} {props.before}
      </p>
      <Sparkline values={props.course} />
      {aside === undefined ? null : (
        <p className={styles.aside}>{asideHref === undefined ? aside : <a href={asideHref}>{aside}</a>}</p>
      )}
      {props.notes}
    </div>
  );
}
