/** The painter of marks (lib/panel/paint) on this browser's canvases. */
import { createMarkPainter } from "@/lib/panel/paint/paint-mark";

export const paintMark = createMarkPainter<Path2D>(() => new Path2D());
