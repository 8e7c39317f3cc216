"use client";
import X from "lucide-react/icons/x";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./dialog.module.css";

/** A modal dialog while mounted: the browser's own, which holds the focus, closes on Escape and gives the focus back. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly testId?: string;
}) {
  const t = useMessages<DeskKey>("desk");
  const titleId = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by itself; a click beside it is a shortcut
    <dialog
      ref={element}
      // biome-ignore lint/a11y/noRedundantRoles: also read by tools that look at attributes only
      role="dialog"
      className={styles.dialog}
      aria-labelledby={titleId}
      data-testid={props.testId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) props.onClose();
      }}
    >
      <div className={styles.box}>
        <header className={styles.head}>
          <h2 id={titleId}>{props.title}</h2>
          <IconButton label={t("dismiss")} onClick={props.onClose}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
