"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type DeskFeed, type DeskFeedState, openDeskFeed } from "./desk-feed-client";

const before: DeskFeedState = { line: "connecting", desk: null, skew: 0 };
const never = () => () => {};
const initial = () => before;

/** The feed while mounted, and its state. */
export function useDeskFeed(url: string): { readonly feed: DeskFeed | null; readonly state: DeskFeedState } {
  const [feed, setFeed] = useState<DeskFeed | null>(null);
  useEffect(() => {
    const opened = openDeskFeed(url);
    setFeed(opened);
    return () => opened.close();
  }, [url]);
  const state = useSyncExternalStore(feed?.subscribe ?? never, feed?.getState ?? initial, initial);
  return { feed, state };
}
