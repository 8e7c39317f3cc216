"use client";
import { useCallback, useRef, useState } from "react";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "error" | "done" | "busy";
  /** Ends what it tells of. */
  readonly cancel: (() => void) | undefined;
}

/** How long a sentence of this length stays, milliseconds: time to notice and to read it. */
const stayMs = (text: string) => 3_500 + text.length * 50;

export interface Toasts {
  readonly list: readonly Toast[];
  /** Shows a sentence; returns its number. `busy` stays until it is replaced; what it tells of may be ended. */
  show(text: string, tone: Toast["tone"], replaces?: number, cancel?: () => void): number;
  dismiss(id: number): void;
}

export function useToasts(): Toasts {
  const [list, setList] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const dismiss = useCallback((id: number) => setList((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<Toasts["show"]>(
    (text, tone, replaces, cancel) => {
      const id = replaces ?? next.current++;
      setList((all) => {
        const toast = { id, text, tone, cancel };
        const others = all.filter((other) => other.id !== id && (tone === "busy" || other.text !== text));
        return [...others, toast];
      });
      if (tone !== "busy") setTimeout(dismiss, stayMs(text), id);
      return id;
    },
    [dismiss],
  );
  return { list, show, dismiss };
}
