"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CatalogueSearchAnswer } from "@/lib/protocol/catalogue-answers";
import { questionParams, type SearchQuestion } from "@/lib/protocol/catalogue-search";
import { useCatalogueOf } from "./catalogue-of";
import { searchCatalogue } from "./desk-api";

/** How long a question under way is waited for before a newer one takes its place, milliseconds. */
const OVERTAKEN_AFTER_MS = 160;

type State =
  | {
      readonly kind: "ready";
      /** Null until the first one; of several pages their products together. */
      readonly answer: CatalogueSearchAnswer | null;
      readonly loading: boolean;
    }
  | { readonly kind: "failed" };

/**
 * Searches while one types, at once: only one question is under way, and what is typed meanwhile is asked together when
 * that is answered, or takes long. An answer that was overtaken is dropped.
 */
export function useCatalogue(
  question: SearchQuestion,
  options: { readonly active: boolean; readonly withFacets: boolean },
) {
  const { active, withFacets } = options;
  const of = useCatalogueOf();
  const [state, setState] = useState<State>({ kind: "ready", answer: null, loading: false });
  const asked = useRef<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  const params = questionParams({ ...question, query: question.query.trim() });
  if (withFacets) params.set("facets", "1");
  // Beside another conversation the same words may find other products.
  if (of !== null) params.set("conversation", of);
  const key = params.toString();

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
        const before = cursor !== null && now.kind === "ready" ? now.answer : null;
        const products = [...(before?.products ?? []), ...answer.products];
        return {
          kind: "ready",
          answer: { ...answer, products, facets: before?.facets ?? answer.facets },
          loading: false,
        };
      });
    } catch {
      if (stop.signal.aborted) return;
      setState({ kind: "failed" });
    }
  }, []);

  const isUnderWay = state.kind === "ready" && state.loading;
  useEffect(() => {
    if (!active || asked.current === key) return;
    if (!isUnderWay) {
      void search(key, null);
      return;
    }
    const timer = setTimeout(() => void search(key, null), OVERTAKEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, active, isUnderWay, search]);

  useEffect(
    () => () => {
      abort.current?.abort();
      // React may mount the same tab again: what was given up is asked anew.
      asked.current = null;
    },
    [],
  );

  return {
    state,
    more() {
      if (state.kind === "ready" && state.answer?.next) void search(key, state.answer.next);
    },
    again: () => void search(key, null),
  };
}
