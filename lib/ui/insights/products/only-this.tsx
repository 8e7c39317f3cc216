import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import styles from "./products.module.css";
import { productsWords } from "./words";

/** The reports that can be asked about one product. */
const reports = ["overview", "influence", "people", "conversations"] as const;

/** From a product's page to the other reports, of conversations about it alone: there it is a filter that can be taken away. */
export function OnlyThis(props: {
  readonly locale: Locale;
  readonly hrefOf: (report: (typeof reports)[number]) => string;
}) {
  const t = productsWords(props.locale);
  const frame = translator(insightsFrameMessages, props.locale);
  return (
    <nav className={styles.only} aria-labelledby="only-this">
      <span id="only-this">{t("only")}</span>
      {reports.map((report) => (
        <a key={report} href={props.hrefOf(report)}>
          {frame(report)}
        </a>
      ))}
    </nav>
  );
}
