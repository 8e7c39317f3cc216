"use client";
import { useEffect, useState } from "react";
import type { CustomerFacts } from "@/lib/protocol/desk";
import type { ConversationId } from "@/lib/protocol/ids";
import { loadCustomer } from "./desk-api";
import type { DeskFeed } from "./desk-feed-client";

/** The customer's facts, read again whenever the feed says something moved. */
export function useCustomer(conversationId: ConversationId, feed: DeskFeed | null) {
  const [facts, setFacts] = useState<CustomerFacts | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let running = false;
    let again = false;
    const load = async () => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      try {
        const loaded = await loadCustomer(conversationId, stop.signal);
        setFacts(loaded);
        setFailed(false);
      } catch {
        // What was shown stays; the next change, or the line coming back, tries again.
        if (!stop.signal.aborted) setFailed(true);
      }
      running = false;
      if (again && !stop.signal.aborted) {
        again = false;
        void load();
      }
    };
    void load();
    // No ids: a visitor moved, and it may be this one.
    const stopListening = feed?.onCustomerChange((ids) => {
      if (ids.length === 0 || ids.includes(conversationId)) void load();
    });
    return () => {
      stop.abort();
      stopListening?.();
    };
  }, [conversationId, feed]);
  const current = facts?.conversationId === conversationId ? facts : null;
  return { facts: current, failed };
}
