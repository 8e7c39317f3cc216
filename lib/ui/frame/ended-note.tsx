import type { ReactNode } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./frame-app.module.css";

/** Stands where the composer was: a thank-you, what is true now, what she is asked, and the way back in. */
export function EndedNote(props: { readonly onStartAgain: () => void; readonly children: ReactNode }) {
  const t = useMessages<FrameKey>("frame");
  return (
    <div className={styles.ended}>
      <div role="status">
        <h2>{t("endedTitle")}</h2>
        <p>{t("endedText")}</p>
      </div>
      {props.children}
      <Button look="primary" onClick={props.onStartAgain}>
        {t("startAgain")}
      </Button>
    </div>
  );
}
