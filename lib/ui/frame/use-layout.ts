import { useSyncExternalStore } from "react";

export type Layout =
  /** Chat alone. */
  | "chat"
  /** Panel left, chat right. */
  | "side"
  /** Panel on top, chat as a sheet over its lower end. */
  | "sheet";

/** CSS pixels: the loader fills the screen below this width, and grows the frame above it. */
const PHONE_BELOW_PX = 640;

function subscribe(changed: () => void): () => void {
  window.addEventListener("resize", changed);
  return () => window.removeEventListener("resize", changed);
}

/** The frame's own height, CSS pixels. */
export function useFrameHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => window.innerHeight,
    () => 0,
  );
}

export function useLayout(panelOpen: boolean): Layout {
  const phone = useSyncExternalStore(subscribe, isPhone, () => false);
  if (!panelOpen) return "chat";
  return phone ? "sheet" : "side";
}

/**
 * A narrow frame in a narrow window. The window counts because on a desktop the frame is narrow, too,
 * for the moment between asking the loader for room and getting it.
 */
function isPhone(): boolean {
  return window.innerWidth < PHONE_BELOW_PX && window.outerWidth < PHONE_BELOW_PX + PHONE_BELOW_PX / 8;
}
