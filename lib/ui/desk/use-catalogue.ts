"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { type CatalogueProduct, searchCatalogue } from "./desk-api";

/** Pause in typing after which we search, milliseconds. */
const TYPING_PAUSE_MS = 160;

type State =
  | {
      readonly kind: "ready";
      /** Null until the first answer. */
      readonly found: readonly CatalogueProduct[] | null;
      readonly next: string | null;
      readonly loading: boolean;
    }
  | { readonly kind: "failed" };

/** Searches while one types; an answer that was overtaken by a later question is dropped. */
export function useCatalogue(query: string, active: boolean) {
  const [state, setState] = useState<State>({ kind: "ready", found: null, next: null, loading: false });
  const asked = useRef<string | null>(null);
  const abort = useRef<AbortController | null>(null);

  const search = useCallback(async (text: string, cursor: string | null) => {
    abort.current?.abort();
    const stop = new AbortController();
    abort.current = stop;
    asked.current = text;
    setState((now) => (now.kind === "ready" ? { ...now, loading: true } : now));
    try {
      const answer = await searchCatalogue(text, cursor, stop.signal);
      if (stop.signal.aborted) return;
      setState((now) => {
        const before = cursor !== null && now.kind === "ready" ? (now.found ?? []) : [];
        return { kind: "ready", found: [...before, ...answer.products], next: answer.next, loading: false };
      });
    } catch {
      if (stop.signal.aborted) return;
      asked.current = null;
      setState({ kind: "failed" });
    }
  }, []);

  useEffect(() => {
    const text = query.trim();
    if (!active || asked.current === text) return;
    const timer = setTimeout(() => void search(text, null), asked.current === null ? 0 : TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, active, search]);

  useEffect(() => () => abort.current?.abort(), []);

  const more = () => {
    if (state.kind === "ready" && state.next !== null) void search(query.trim(), state.next);
  };
  return { state, more };
}
