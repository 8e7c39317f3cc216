"use client";
/** Makes a new waiting customer heard and seen: ring, number on the tab, desktop notification. */
import { useEffect, useRef, useState } from "react";
import type { DeskConversation } from "@/lib/protocol/desk";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { freshlyWaiting } from "./freshly-waiting";
import { createRing, type Ring } from "./ring";
import { setTabBadge } from "./tab-badge";
import { reasonOf } from "./waiting-reason";

const MUTED_KEY = "vetrina-desk-muted";

type NotifyState = "unsupported" | "ask" | "on" | "blocked";

export interface DeskRing {
  readonly muted: boolean;
  toggleMuted(): void;
  readonly notify: NotifyState;
  askToNotify(): Promise<void>;
}

export function useRing(
  waiting: readonly DeskConversation[] | null,
  unread: number,
  onOpen: (conversation: DeskConversation) => void,
): DeskRing {
  const t = useMessages<DeskKey>("desk");
  const ring = useRef<Ring | null>(null);
  const known = useRef<ReadonlySet<string> | null>(null);
  const [muted, setMuted] = useState(false);
  const [notify, setNotify] = useState<NotifyState>("unsupported");

  useEffect(() => {
    setMuted(localStorage.getItem(MUTED_KEY) === "yes");
    setNotify(notifyState());
    ring.current = createRing();
    return () => ring.current?.close();
  }, []);

  useEffect(() => {
    if (waiting === null) return;
    const before = known.current;
    known.current = new Set(waiting.map((one) => one.conversationId));
    const fresh = freshlyWaiting(before, waiting);
    if (fresh.length === 0) return;
    if (!muted) ring.current?.play();
    if (notify === "on" && document.hidden) for (const one of fresh) show(one, t, onOpen);
  }, [waiting, muted, notify, t, onOpen]);

  const count = (waiting?.length ?? 0) + unread;
  const title = t("title");
  useEffect(() => setTabBadge(title, count), [title, count]);

  return {
    muted,
    toggleMuted() {
      localStorage.setItem(MUTED_KEY, muted ? "no" : "yes");
      setMuted(!muted);
      if (muted) ring.current?.play();
    },
    notify,
    async askToNotify() {
      await Notification.requestPermission();
      setNotify(notifyState());
    },
  };
}

function notifyState(): NotifyState {
  if (!("Notification" in window)) return "unsupported";
  const states = { default: "ask", granted: "on", denied: "blocked" } as const;
  return states[Notification.permission];
}

type Translate = ReturnType<typeof useMessages<DeskKey>>;

function show(one: DeskConversation, t: Translate, onOpen: (conversation: DeskConversation) => void): void {
  const options = { body: reasonOf(one.page, t), tag: one.conversationId };
  const notification = new Notification(t("ringTitle", { name: one.name }), options);
  notification.onclick = () => {
    window.focus();
    notification.close();
    onOpen(one);
  };
}
