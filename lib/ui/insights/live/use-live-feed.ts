"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { LiveSnapshot } from "@/lib/protocol/live";
import { type LiveFeed, type LiveState, openLiveFeed } from "./live-feed";

/** How often waits are counted on. Milliseconds. */
const TICK_MS = 1_000;

/** The feed's state while mounted; before it is open, what the page came with. */
export function useLiveFeed(url: string, first: LiveSnapshot): LiveState {
  const [feed, setFeed] = useState<LiveFeed | null>(null);
  const [before] = useState<LiveState>({ line: "connecting", snapshot: first, skew: 0 });
  useEffect(() => {
    const opened = openLiveFeed(url, first);
    setFeed(opened);
    return () => opened.close();
  }, [url, first]);
  const initial = () => before;
  return useSyncExternalStore(feed?.subscribe ?? never, feed?.getState ?? initial, initial);
}

const never = () => () => {};

/** The server's time, second by second while `ticking`; `start` before the first effect, so that server and browser agree. */
export function useTicking(start: number, skew: number, ticking: boolean): number {
  const [now, setNow] = useState(start);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now() + skew), TICK_MS);
    return () => clearInterval(timer);
  }, [skew, ticking]);
  return now;
}
