import { Button } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./frame-app.module.css";

/** Stands where the composer was: a thank-you, what is true now, and the way back in. */
export function EndedNote({ onStartAgain }: { readonly onStartAgain: () => void }) {
  const t = useMessages<FrameKey>("frame");
  return (
    <div className={styles.ended} role="status">
      <h2>{t("endedTitle")}</h2>
      <p>{t("endedText")}</p>
      <Button look="primary" onClick={onStartAgain}>
        {t("startAgain")}
      </Button>
    </div>
  );
}
