/** Frame of the manager's screens: a quiet bar above, the report below. */
import type { ReactNode } from "react";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./screen.module.css";

export function Screen(props: {
  readonly t: Translate<InsightsKey>;
  readonly name: string;
  readonly children: ReactNode;
}) {
  const { t } = props;
  return (
    <div className={styles.screen}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <header className={styles.bar}>
        <span className={styles.mark}>Vetrina</span>
        <nav aria-label={t("sections")}>
          <a href="/desk">{t("desk")}</a>
          <a href="/insights" aria-current="page">
            {t("title")}
          </a>
        </nav>
        <span className={styles.member}>{props.name}</span>
      </header>
      <main id="content" className={styles.content}>
        {props.children}
      </main>
    </div>
  );
}
