/** How the picture's plane lies on the stage now. */
import { type Camera, focus, type Size, scaleOf, type Viewport } from "@/lib/panel/view";
import type { Placement } from "./paint/settled-layer";

export function placementOf(camera: Camera, picture: Size, viewport: Viewport, density: number): Placement {
  const scale = scaleOf(camera, picture, viewport);
  const centre = focus(viewport);
  return {
    scale,
    x: centre.x - camera.cx * scale,
    y: centre.y - camera.cy * scale,
    width: viewport.width,
    height: viewport.height,
    density,
  };
}
