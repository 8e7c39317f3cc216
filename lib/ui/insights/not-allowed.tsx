import { buttonClass } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./not-allowed.module.css";

/** For somebody who is signed in, but not as a manager. */
export function NotAllowed(props: { readonly t: Translate<InsightsKey> }) {
  const { t } = props;
  return (
    <main className={styles.page}>
      <h1>{t("notAllowedTitle")}</h1>
      <p>{t("notAllowedText")}</p>
      <a className={buttonClass("primary")} href="/desk">
        {t("openDesk")}
      </a>
    </main>
  );
}
