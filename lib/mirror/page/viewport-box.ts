/** Where an element stands in the page's viewport, also when it is in a frame: what is drawn over the page is drawn there. */
import { frameOffset } from "../control/realm";

export function viewportBox(element: Element): DOMRectReadOnly {
  const box = element.getBoundingClientRect();
  const frame = frameOffset(element);
  return frame === null ? box : new DOMRectReadOnly(box.x + frame.x, box.y + frame.y, box.width, box.height);
}
