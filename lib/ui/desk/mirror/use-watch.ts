import { useEffect, useState, useSyncExternalStore } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import { openWatch, type Watch, type WatchSnapshot } from "./watch";

const toNothing = () => () => undefined;

/** The desk's end of a mirror, open while `needed`. */
export function useWatch(
  conversationId: ConversationId,
  needed: boolean,
): { readonly watch: Watch | null; readonly snapshot: WatchSnapshot | null } {
  const [watch, setWatch] = useState<Watch | null>(null);
  useEffect(() => {
    if (!needed) return;
    const opened = openWatch(conversationId);
    setWatch(opened);
    return () => {
      setWatch(null);
      opened.close();
    };
  }, [conversationId, needed]);
  const snapshot = useSyncExternalStore(
    watch?.subscribe ?? toNothing,
    () => watch?.getSnapshot() ?? null,
    () => null,
  );
  return { watch, snapshot };
}
