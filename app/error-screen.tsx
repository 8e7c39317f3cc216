import type { ReactNode } from "react";
import { defaultLocale, type Locale, matchLocale } from "@/lib/protocol/locales";
import styles from "./page.module.css";

/** The language of the page that failed. */
export function documentLocale(): Locale {
  const language = typeof document === "undefined" ? defaultLocale : document.documentElement.lang;
  return matchLocale(language) ?? defaultLocale;
}

/** What stands in place of a page that failed; the details are in the server's log. */
export function ErrorScreen(props: {
  readonly title: string;
  readonly text: string;
  /** What one can do now. */
  readonly children: ReactNode;
}) {
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{props.title}</h1>
      <p className={styles.text}>{props.text}</p>
      <div className={styles.links}>{props.children}</div>
    </main>
  );
}
