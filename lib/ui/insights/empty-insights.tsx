import { buttonClass } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./empty-insights.module.css";

/** No conversation in the range: how to get the first one. */
export function EmptyInsights(props: {
  readonly t: Translate<InsightsKey>;
  /** Where a longer time is asked for; null where there is nothing longer to offer. */
  readonly widerHref: string | null;
}) {
  const { t, widerHref } = props;
  return (
    <section className={styles.empty}>
      <h2>{t("emptyTitle")}</h2>
      <p>{t("emptyText")}</p>
      <div>
        <a className={buttonClass("primary")} href="/desk">
          {t("openDesk")}
        </a>
        {widerHref === null ? null : (
          <a className={buttonClass("secondary")} href={widerHref}>
            {t("widen")}
          </a>
        )}
      </div>
    </section>
  );
}
