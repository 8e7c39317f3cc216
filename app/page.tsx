import Link from "next/link";
import { buttonClass } from "@/lib/ui/controls/button";
import { commonMessages } from "@/lib/ui/messages/common";
import { translator } from "@/lib/ui/messages/define";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "./page.module.css";

/** The installation's own front door: where each of the three people goes. */
export default async function StartPage() {
  const t = translator(commonMessages, await requestLocale());
  return (
    <main className={styles.page}>
      <p className={styles.brand}>Vetrina</p>
      <h1 className={styles.title}>{t("startTitle")}</h1>
      <p className={styles.text}>{t("startText")}</p>
      <nav className={styles.links} aria-label="Vetrina">
        <Link className={buttonClass("primary")} href="/desk">
          {t("openDesk")}
        </Link>
        <Link className={buttonClass("secondary")} href="/insights">
          {t("openInsights")}
        </Link>
        <a className={buttonClass("quiet")} href="/demo">
          {t("openShop")}
        </a>
      </nav>
    </main>
  );
}
