import Link from "next/link";
import { buttonClass } from "@/lib/ui/controls/button";
import { commonMessages } from "@/lib/ui/messages/common";
import { translator } from "@/lib/ui/messages/define";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "./page.module.css";

export default async function NotFound() {
  const t = translator(commonMessages, await requestLocale());
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{t("notFoundTitle")}</h1>
      <p className={styles.text}>{t("notFoundText")}</p>
      <div className={styles.links}>
        <Link className={buttonClass("secondary")} href="/">
          {t("home")}
        </Link>
      </div>
    </main>
  );
}
