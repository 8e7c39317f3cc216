"use client";
import { defaultLocale, matchLocale } from "@/lib/protocol/locales";
import { Button } from "@/lib/ui/controls/button";
import { commonMessages } from "@/lib/ui/messages/common";
import { translator } from "@/lib/ui/messages/define";
import styles from "./page.module.css";

/** Last resort for a page that failed; the details are in the server's log. */
export default function PageError({ reset }: { readonly error: Error; readonly reset: () => void }) {
  const language = typeof document === "undefined" ? defaultLocale : document.documentElement.lang;
  const t = translator(commonMessages, matchLocale(language) ?? defaultLocale);
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{t("errorTitle")}</h1>
      <p className={styles.text}>{t("errorText")}</p>
      <div className={styles.links}>
        <Button look="primary" onClick={reset}>
          {t("retry")}
        </Button>
      </div>
    </main>
  );
}
