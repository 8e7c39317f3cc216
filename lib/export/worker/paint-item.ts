/** One item as it lies on the panel: its picture, and its marks by the panel's own painter. */
import { Path2D, type SKRSContext2D } from "@napi-rs/canvas";
import { createMarkPainter } from "@/lib/panel/paint/paint-mark";
import type { Size } from "@/lib/panel/view";
import { EXPORT_STAGE_PX } from "../export-limits";
import { EXPORT_FONT } from "./fonts";
import type { ItemWithMarks } from "./read-panel";
import { paintTile, type Still } from "./still";

const paintMark = createMarkPainter<Path2D>(() => new Path2D(), EXPORT_FONT);

export interface ItemPlace extends Size {
  readonly x: number;
  readonly y: number;
  /** Picture pixels of one CSS pixel, where it is to look as on a known screen. */
  readonly pixel?: number;
}

/** Paints into this place and nowhere else. Its shape is the item's. */
export function paintItem(
  context: SKRSContext2D,
  { item, marks, pins }: ItemWithMarks,
  still: Still,
  place: ItemPlace,
): void {
  const pixel = place.pixel ?? Math.max(item.width, item.height) / EXPORT_STAGE_PX;
  context.save();
  context.translate(place.x, place.y);
  context.beginPath();
  context.rect(0, 0, place.width, place.height);
  context.clip();
  if (still.image) context.drawImage(still.image, 0, 0, place.width, place.height);
  else paintTile(context, still.missing, place);
  context.scale(place.width / item.width, place.height / item.height);
  for (const mark of marks) paintMark(context, mark, pixel, pins.get(mark.id));
  context.restore();
}
