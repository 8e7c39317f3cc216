"use client";
/** Which conversation is open. It stands in the address, so that a reload and the back button keep it. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { DeskConversation, DeskSnapshot } from "@/lib/protocol/desk";
import type { ConversationId } from "@/lib/protocol/ids";

/** Below this width, CSS pixels, list and conversation take turns. */
const ONE_COLUMN_PX = 700;

export interface Selection {
  /** The open conversation as last known; `closed` when it is no longer among mine. */
  readonly conversation: DeskConversation | null;
  /** Opens at once when it is mine, or as soon as the feed says so. */
  open(id: ConversationId): void;
  close(): void;
}

export function useSelection(desk: DeskSnapshot | null): Selection {
  const [id, setId] = useState<string | null>(null);
  const kept = useRef<DeskConversation | null>(null);
  const first = useRef(true);

  useEffect(() => {
    const read = () => setId(window.location.hash.slice(1) || null);
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);

  const go = useCallback((next: string | null) => {
    kept.current = null;
    setId(next);
    const { pathname, search } = window.location;
    window.history.replaceState(null, "", `${pathname}${search}${next === null ? "" : `#${next}`}`);
  }, []);

  useEffect(() => {
    if (desk === null || !first.current) return;
    first.current = false;
    const known = desk.mine.some((one) => one.conversationId === window.location.hash.slice(1));
    const wide = window.innerWidth >= ONE_COLUMN_PX;
    if (!known) go((wide ? desk.mine[0]?.conversationId : undefined) ?? null);
  }, [desk, go]);

  const listed = desk?.mine.find((one) => one.conversationId === id);
  if (listed) kept.current = listed;
  const gone = kept.current?.conversationId === id ? kept.current : null;
  return {
    conversation: listed ?? (gone === null ? null : { ...gone, status: "closed" }),
    open: go,
    close: useCallback(() => go(null), [go]),
  };
}
