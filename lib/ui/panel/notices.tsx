"use client";
/** Short words that pass: said aloud by the live region, some also shown as a chip. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import styles from "./notices.module.css";

interface Notices {
  /** Shown for a few seconds and said aloud. */
  say(text: string): void;
  /** Said aloud only. */
  announce(text: string): void;
}

const NoticesContext = createContext<Notices>({ say() {}, announce() {} });
export const useNotice = (): Notices => useContext(NoticesContext);

const SHOWN_MS = 5_000;

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState("");
  const [shown, setShown] = useState<{ readonly text: string } | null>(null);
  const notices = useMemo<Notices>(
    () => ({
      say(text) {
        setSpoken(text);
        setShown({ text });
      },
      announce: setSpoken,
    }),
    [],
  );
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <NoticesContext value={notices}>
      {children}
      {shown ? (
        <div className={styles.passing} aria-hidden="true">
          {shown.text}
        </div>
      ) : null}
      <div className={styles.spoken} role="status" aria-live="polite" data-testid="panel-live">
        {spoken}
      </div>
    </NoticesContext>
  );
}
