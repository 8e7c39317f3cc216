"use client";
/** To take home: this picture with its marks, or all of them on paper. */
import Download from "lucide-react/icons/download";
import { createContext, useContext, useEffect, useId, useRef, useState } from "react";
import type { Exporter, Outcome, Wanted } from "./exporter";
import { useNotice } from "./notices";
import { useItem, usePanelMessages } from "./panel-provider";
import styles from "./save-menu.module.css";
import { useResolved } from "./use-pictures";

export const ExporterContext = createContext<Exporter | null>(null);

const words = { failed: "saveFailed", later: "saveLater", offline: "saveOffline" } as const;

export function SaveMenu() {
  const t = usePanelMessages();
  const item = useItem();
  const save = useContext(ExporterContext);
  const original = useResolved(item)?.original;
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
    say(t("saving"));
    const outcome = await exporter(wanted);
    setBusy(false);
    tell(outcome);
  }

  function tell(outcome: Outcome) {
    if (outcome.kind === "saved") say(t("saved", { file: outcome.file }));
    else if (outcome.kind !== "gone") say(t(words[outcome.kind]));
  }

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
        aria-label={t("save")}
        title={t("save")}
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
        </div>
      ) : null}
    </div>
  );
}
