"use client";
/** Hands the panel's parts to its components, and the few values that most of them read. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Mark } from "@/lib/panel/mark";
import type { Item } from "@/lib/panel/schema";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import type { PanelKey } from "@/lib/ui/messages/panel";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCell } from "./cell";
import type { Panel } from "./create-panel";

interface PanelParts {
  readonly panel: Panel;
  readonly resolveItem: ResolveItem;
}

const PanelPartsContext = createContext<PanelParts | null>(null);

export function PanelProvider(props: PanelParts & { readonly children: ReactNode }) {
  const { panel, resolveItem, children } = props;
  return <PanelPartsContext value={{ panel, resolveItem }}>{children}</PanelPartsContext>;
}

export function usePanelParts(): PanelParts {
  const parts = useContext(PanelPartsContext);
  if (!parts) throw new Error("a part of the panel stands outside PanelView");
  return parts;
}

export const usePanel = (): Panel => usePanelParts().panel;
export const usePanelMessages = () => useMessages<PanelKey>("panel");

export function useSnapshot(): RoomSnapshot {
  return useCell(usePanel().snapshot);
}

/** What we look at. */
export function useItem(): Item | null {
  const panel = usePanel();
  return useCell(useCell(panel.follow).item);
}

/** Its marks, in painting order. */
export function useMarks(): readonly Mark[] {
  const panel = usePanel();
  return useSyncExternalStore(panel.version.subscribe, panel.marks, panel.marks);
}

export function useTogether(): boolean {
  const panel = usePanel();
  return useCell(useCell(panel.follow).together);
}

export function usePeers() {
  const panel = usePanel();
  return useCell(useCell(panel.peers).others);
}

export function useCanDraw(): boolean {
  const item = useItem();
  return useSnapshot().rights.draw && item !== null;
}
