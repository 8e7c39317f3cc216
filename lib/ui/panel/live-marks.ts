/** Marks that are nodes rather than part of the bitmap: what is being drawn, moved, selected or erased, here or there. */
import type { Mark } from "@/lib/panel/mark";
import { isSeenAt } from "@/lib/panel/moments";
import type { PaneState } from "./pane-state";
import type { PanelContext } from "./panel-context";

/** The others' marks in the making on the item we look at; one that moves a mark keeps what presence does not carry. */
export function peerDrafts(panel: PanelContext, pane: PaneState): Mark[] {
  const item = pane.item.get();
  const { marks } = panel.binding.get();
  const drafts: Mark[] = [];
  for (const { draft } of panel.peers.get().others.get()) {
    if (!draft || draft.item !== item?.id) continue;
    const known = marks.get(draft.id);
    // It belongs to another moment of the video than we look at.
    if (known && !isSeenAt(known, pane.position.get())) continue;
    const { x, y, w, h } = draft;
    drafts.push(known ? { ...known, x, y, w, h } : draft);
  }
  return drafts;
}

export function liveIds(panel: PanelContext, pane: PaneState): ReadonlySet<string> {
  const { selected, erased } = pane.live.get();
  const ids = new Set<string>(erased);
  if (selected) ids.add(selected.id);
  for (const draft of peerDrafts(panel, pane)) ids.add(draft.id);
  const edited = pane.label.get()?.mark;
  if (edited) ids.add(edited.id);
  return ids;
}
