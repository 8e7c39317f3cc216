"use client";
/** To take home: this picture with its marks, or all of them on paper. Or to be kept as it is now: said in the chat. */
import Download from "lucide-react/icons/download";
import { createContext, useContext, useEffect, useId, useRef, useState } from "react";
import type { Exporter, Outcome, Wanted } from "./exporter";
import { useNotice } from "./notices";
import { useItem, usePanelMessages, useSnapshot } from "./panel-provider";
import styles from "./save-menu.module.css";
import { useResolved } from "./use-pictures";

export const ExporterContext = createContext<Exporter | null>(null);

const words = {
  sent: "sent",
  closed: "sendClosed",
  failed: "saveFailed",
  later: "saveLater",
  offline: "saveOffline",
} as const;
const sendWords = { ...words, failed: "sendFailed", offline: "sendOffline" } as const;

export function SaveMenu() {
  const t = usePanelMessages();
  const item = useItem();
  const save = useContext(ExporterContext);
  const resolved = useResolved(item);
  const original = resolved?.original;
  // What is covered would be sent as a tile that shows nothing.
  const maySend = useSnapshot().rights.show && resolved?.covered !== true;
  const { say } = useNotice();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const away = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away, true);
    document.addEventListener("focusin", away);
    return () => {
      document.removeEventListener("pointerdown", away, true);
      document.removeEventListener("focusin", away);
    };
  }, [open]);

  if (!save || !item) return null;

  async function choose(exporter: Exporter, wanted: Wanted) {
    setOpen(false);
    button.current?.focus();
    setBusy(true);
    const isMessage = wanted.kind === "message";
    say(t(isMessage ? "sending" : "saving"));
    const outcome = await exporter(wanted);
    setBusy(false);
    tell(outcome, isMessage ? sendWords : words);
  }

  function tell(outcome: Outcome, by: typeof words | typeof sendWords) {
    if (outcome.kind === "saved") say(t("saved", { file: outcome.file }));
    else if (outcome.kind !== "gone") say(t(by[outcome.kind]));
  }

  const name = t(maySend ? "saveOrSend" : "save");

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only closes what its button opened
    <div
      ref={root}
      className={styles.root}
      onKeyDown={(event) => {
        // The panel's letters draw; in here they would do so behind the menu.
        event.stopPropagation();
        if (event.key !== "Escape" || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles.button}
        data-testid="panel-save"
        aria-label={name}
        title={name}
        aria-expanded={open}
        aria-controls={id}
        aria-busy={busy}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) setOpen(!open);
        }}
      >
        <Download size={18} aria-hidden="true" />
      </button>
      {open ? (
        <div id={id} className={styles.menu}>
          <button
            type="button"
            className={styles.choice}
            data-testid="save-picture"
            onClick={() => choose(save, { kind: "picture", itemId: item.id })}
          >
            {t("savePicture")}
          </button>
          <button
            type="button"
            className={styles.choice}
            data-testid="save-all"
            onClick={() => choose(save, { kind: "all" })}
          >
            {t("saveAll")}
          </button>
          {original ? (
            <a className={styles.choice} data-testid="save-original" href={original} download={true}>
              {t("saveOriginal")}
            </a>
          ) : null}
          {maySend ? (
            <button
              type="button"
              className={styles.choice}
              data-testid="send-picture"
              onClick={() => choose(save, { kind: "message", itemId: item.id })}
            >
              {t("sendPicture")}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
