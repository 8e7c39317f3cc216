import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./end-dialog.module.css";

/** Asks once before both sides lose the conversation. The browser's own dialog keeps the focus inside. */
export function EndDialog(props: { readonly onEnd: () => Promise<void>; readonly onCancel: () => void }) {
  const t = useMessages<FrameKey>("frame");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [state, setState] = useState<"asking" | "ending" | "failed">("asking");

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  async function end(): Promise<void> {
    setState("ending");
    await props.onEnd().catch(() => setState("failed"));
  }

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={props.onCancel}>
      <h2 id={titleId} className={styles.title}>
        {t("endTitle")}
      </h2>
      <p>{t("endText")}</p>
      <p className={styles.failed} role="alert">
        {state === "failed" ? t("endFailed") : ""}
      </p>
      <div className={styles.buttons}>
        <Button look="danger" disabled={state === "ending"} onClick={() => void end()}>
          {t("endConfirm")}
        </Button>
        <Button autoFocus onClick={() => dialog.current?.close()}>
          {t("endCancel")}
        </Button>
      </div>
    </dialog>
  );
}
