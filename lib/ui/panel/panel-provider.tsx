"use client";
/** Hands the panel's parts to its components, and the few values that most of them read. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Comparison } from "@/lib/panel/comparison";
import type { Mark } from "@/lib/panel/mark";
import type { Item } from "@/lib/panel/schema";
import type { AssetId } from "@/lib/protocol/ids";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import type { PanelKey } from "@/lib/ui/messages/panel";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCell } from "./cell";
import type { Panel } from "./create-panel";
import type { Pane } from "./pane";

interface PanelParts {
  readonly panel: Panel;
  readonly resolveItem: ResolveItem;
  /** Asks to see what is covered for the shop's people. @returns whether it worked; then the item says so */
  readonly uncover: (assetId: AssetId) => Promise<boolean>;
}

const PanelPartsContext = createContext<PanelParts | null>(null);

export function PanelProvider(props: PanelParts & { readonly children: ReactNode }) {
  const { panel, resolveItem, uncover, children } = props;
  return <PanelPartsContext value={{ panel, resolveItem, uncover }}>{children}</PanelPartsContext>;
}

export function usePanelParts(): PanelParts {
  const parts = useContext(PanelPartsContext);
  if (!parts) throw new Error("a part of the panel stands outside PanelView");
  return parts;
}

export const usePanel = (): Panel => usePanelParts().panel;
export const usePanelMessages = () => useMessages<PanelKey>("panel");

const PaneContext = createContext<Pane | null>(null);

export function PaneProvider({ pane, children }: { readonly pane: Pane; readonly children: ReactNode }) {
  return <PaneContext value={pane}>{children}</PaneContext>;
}

/** The pane a part of a stage stands in, without knowing which; around the stages, the one that tools act on. */
export function usePane(): Pane {
  const active = useCell(usePanel().active);
  return useContext(PaneContext) ?? active;
}

export function useComparison(): Comparison | null {
  const panel = usePanel();
  return useCell(useCell(panel.follow).comparison);
}

export function useSnapshot(): RoomSnapshot {
  return useCell(usePanel().snapshot);
}

/** What we look at, in this pane. */
export function useItem(): Item | null {
  return useCell(usePane().item);
}

/** Its marks, in painting order. */
export function useMarks(): readonly Mark[] {
  const { version } = usePanel();
  const { marks } = usePane();
  return useSyncExternalStore(version.subscribe, marks, marks);
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
  const item = useCell(usePanel().first.item);
  return useSnapshot().rights.draw && item !== null;
}
