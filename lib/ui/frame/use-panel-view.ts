import { useEffect, useReducer } from "react";
import type { Room } from "@/lib/sync/client/room";
import { changePanelView, noPanelView } from "./panel-view-state";

/** Follows what lies on the panel. Reads two numbers of the document, so that the panel's own code can wait. */
export function usePanelView(room: Room | null, docGeneration: number | undefined) {
  const [state, tell] = useReducer(changePanelView, noPanelView);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another generation means another document
  useEffect(() => {
    if (room === null) {
      tell({ type: "left" });
      return;
    }
    const items = room.doc.getMap("items");
    const stage = room.doc.getMap("stage");
    const read = () => tell({ type: "content", items: items.size, shown: String(stage.get("shown") ?? "") });
    read();
    items.observe(read);
    stage.observe(read);
    return () => {
      items.unobserve(read);
      stage.unobserve(read);
    };
  }, [room, docGeneration]);

  return [state, tell] as const;
}
