"use client";
/** What a list row and the header say about a panel, without showing it: the shown item, its marks, who looks at it. */
import { useEffect, useState } from "react";
import * as Y from "yjs";
import { readPresence } from "@/lib/panel/presence";
import { type Item, itemsOf, marksOf, readItem, readShown } from "@/lib/panel/schema";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";

export interface PanelGlance {
  readonly shown: Item | null;
  readonly marks: number;
  /** Participants whose view is on the shown item. */
  readonly seenBy: readonly ParticipantId[];
  /** Participants who look at something else on the panel. */
  readonly elsewhere: readonly ParticipantId[];
}

const nothing: PanelGlance = { shown: null, marks: 0, seenBy: [], elsewhere: [] };
/** A glance may lag behind the panel by this, milliseconds; it is read from the whole document. */
const GLANCE_MS = 200;

/** @param generation the room's `docGeneration`: document and awareness are new when it grows. */
export function usePanelGlance(room: Room | null, generation: number): PanelGlance {
  const [glance, setGlance] = useState(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: generation stands for room.doc and room.awareness
  useEffect(() => {
    if (room === null) {
      setGlance(nothing);
      return;
    }
    const { doc, awareness } = room;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = "";
    const look = () => {
      timer = undefined;
      const next = glanceAt(doc, [...awareness.getStates().values()]);
      const text = JSON.stringify(next);
      if (text !== last) setGlance(next);
      last = text;
    };
    const soon = () => {
      timer ??= setTimeout(look, GLANCE_MS);
    };
    look();
    doc.on("update", soon);
    awareness.on("change", soon);
    return () => {
      clearTimeout(timer);
      doc.off("update", soon);
      awareness.off("change", soon);
    };
  }, [room, generation]);
  return glance;
}

export function glanceAt(doc: Y.Doc, states: readonly unknown[]): PanelGlance {
  const id = readShown(doc);
  const shown = id === null ? null : readItem(id, itemsOf(doc).get(id));
  if (shown === null) return nothing;
  let marks = 0;
  for (const mark of marksOf(doc).values()) {
    if (mark instanceof Y.Map && mark.get("item") === shown.id) marks += 1;
  }
  const views = states.flatMap((state) => {
    const presence = readPresence(state);
    return presence?.view ? [{ who: presence.participantId, item: presence.view.item }] : [];
  });
  const here = views.filter((view) => view.item === shown.id).map((view) => view.who);
  const elsewhere = views.map((view) => view.who).filter((who) => !here.includes(who));
  return { shown, marks, seenBy: [...new Set(here)], elsewhere: [...new Set(elsewhere)] };
}
