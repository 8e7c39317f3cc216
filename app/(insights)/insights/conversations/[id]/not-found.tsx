import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { replayMessages } from "@/lib/ui/messages/insights-replay";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "../../insights.module.css";

/** A link that outlived its conversation, or was meant for somebody else. */
export default async function NoConversation() {
  const locale = await requestLocale();
  return (
    <main className={styles.page}>
      <p>{translator(replayMessages, locale)("gone")}</p>
      <a className={styles.back} href="/insights/conversations">
        {translator(insightsMessages, locale)("back")}
      </a>
    </main>
  );
}
