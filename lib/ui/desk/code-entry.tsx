"use client";
import ArrowRight from "lucide-react/icons/arrow-right";
import Phone from "lucide-react/icons/phone";
import { type FormEvent, useId, useState } from "react";
import { AppError } from "@/lib/protocol/errors";
import { readSpokenCode } from "@/lib/protocol/spoken-code";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./code-entry.module.css";
import { errorWords } from "./error-words";

/** What a customer reads out on the phone leads to her conversation. */
export function CodeEntry({ onEnter }: { readonly onEnter: (code: string) => Promise<void> }) {
  const t = useMessages<DeskKey>("desk");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<DeskKey | null>(null);
  const [busy, setBusy] = useState(false);
  const noteId = useId();

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    const code = readSpokenCode(text);
    // Heard wrongly: nobody is asked for it.
    if (code === null) return setProblem("codeWrong");
    setBusy(true);
    setProblem(null);
    await onEnter(code).then(
      () => setText(""),
      (error: unknown) => setProblem(wordsFor(error)),
    );
    setBusy(false);
  };
  return (
    <form className={styles.entry} onSubmit={(event) => void enter(event)}>
      <label className={styles.field}>
        <Phone size={16} aria-hidden="true" />
        <span className="visually-hidden">{t("codeLabel")}</span>
        <input
          value={text}
          inputMode="numeric"
          autoComplete="off"
          placeholder={t("codeLabel")}
          aria-invalid={problem !== null}
          aria-describedby={noteId}
          data-testid="spoken-code"
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
        />
      </label>
      <IconButton type="submit" label={t("codeGo")} disabled={busy || text.trim() === ""}>
        <ArrowRight size={18} aria-hidden="true" />
      </IconButton>
      <p id={noteId} className={styles.note} role="alert">
        {problem === null ? "" : t(problem)}
      </p>
    </form>
  );
}

const wordsFor = (error: unknown): DeskKey =>
  error instanceof AppError && error.code === "not_found" ? "codeUnknown" : errorWords(error);
