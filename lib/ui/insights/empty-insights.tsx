import { buttonClass } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./empty-insights.module.css";

/** No conversation in the range: how to get the first one. */
export function EmptyInsights(props: { readonly t: Translate<InsightsKey>; readonly offerWider: boolean }) {
  const { t } = props;
  return (
    <section className={styles.empty}>
      <h2>{t("emptyTitle")}</h2>
      <p>{t("emptyText")}</p>
      <div>
        <a className={buttonClass("primary")} href="/desk">
          {t("openDesk")}
        </a>
        {props.offerWider ? (
          <a className={buttonClass("secondary")} href="/insights?days=90">
            {t("widen")}
          </a>
        ) : null}
      </div>
    </section>
  );
}
