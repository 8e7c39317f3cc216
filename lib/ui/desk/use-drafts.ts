"use client";
import { useCallback, useEffect, useState } from "react";
import type { ConversationId } from "@/lib/protocol/ids";

const KEY = "vetrina-desk-drafts";

/** Half-typed messages, one a conversation; they outlive switching and a reload of this tab, not the tab. */
export function useDrafts() {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => setDrafts(stored()), []);
  const setDraft = useCallback((id: ConversationId, text: string) => {
    setDrafts((all) => {
      const { [id]: _before, ...others } = all;
      const next = text === "" ? others : { ...others, [id]: text };
      sessionStorage.setItem(KEY, JSON.stringify(next));
      return next;
    });
  }, []);
  const draftOf = (id: ConversationId) => drafts[id] ?? "";
  /** On a line of its own, below what is there. */
  const addToDraft = (id: ConversationId, text: string) =>
    setDraft(id, [draftOf(id), text].filter(Boolean).join("\n"));
  return { draftOf, setDraft, addToDraft };
}

function stored(): Record<string, string> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
  } catch {
    return {};
  }
}
