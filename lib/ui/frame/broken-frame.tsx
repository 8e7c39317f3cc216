import { Button } from "@/lib/ui/controls/button";
import type { CommonKey } from "@/lib/ui/messages/common";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./frame-app.module.css";

/** Last resort: a frame that broke says so and can be opened afresh; the conversation is on the server. */
export function BrokenFrame() {
  const t = useMessages<CommonKey>("common");
  return (
    <main className={styles.unknown} role="alert">
      <h1>{t("errorTitle")}</h1>
      <p>{t("errorText")}</p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {t("retry")}
      </Button>
    </main>
  );
}
