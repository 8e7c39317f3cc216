"use client";
/** The placement as React state, for the few components that draw with elements. */
import { useCell } from "./cell";
import type { Placement } from "./paint/settled-layer";
import { usePane } from "./panel-provider";
import { placementOf } from "./placement";

export function usePlacement(): Placement | null {
  const { camera } = usePane();
  const picture = useCell(camera.picture);
  const here = useCell(camera.camera);
  const viewport = useCell(camera.viewport);
  return picture && placementOf(here, picture, viewport, globalThis.devicePixelRatio);
}
