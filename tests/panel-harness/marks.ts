/** Marks of every kind spread over an item, the same for the same seed: for figures and for looking. */
import type { Mark } from "@/lib/panel/mark";
import { palette } from "@/lib/panel/palette";
import { boxOfPoints, encodePoints } from "@/lib/panel/pen-points";
import type { Item } from "@/lib/panel/schema";
import { markIdSchema } from "@/lib/protocol/ids";

export function manyMarks(count: number, item: Pick<Item, "id" | "width" | "height">, seed = 1): Mark[] {
  let state = seed;
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return Array.from({ length: count }, (_, index) => {
    const x = random() * item.width * 0.9;
    const y = random() * item.height * 0.9;
    const w = 30 + random() * 160;
    const h = 30 + random() * 120;
    const base = {
      id: markIdSchema.parse(`mark-${seed}-${String(index).padStart(6, "0")}`),
      item: item.id,
      author: "00000000-0000-4000-8000-000000000002",
      color: palette[index % palette.length]?.color ?? "#d55e00",
      width: 4 + random() * 6,
      text: "",
      points: null,
      number: 0,
      moment: null,
      createdAt: 1_000 + index,
    };
    if (index % 4 === 0) {
      const points = Array.from({ length: 40 }, (_unused, step) => ({
        x: x + (step / 39) * w,
        y: y + h / 2 + (Math.sin(step / 3 + seed) * h) / 2,
        pressure: 0.5,
      }));
      const box = boxOfPoints(points);
      return { ...base, ...box, kind: "pen", points: encodePoints(points, box) };
    }
    if (index % 4 === 1) return { ...base, kind: "ellipse", x, y, w, h };
    if (index % 4 === 2) return { ...base, kind: "arrow", x, y, w: w - 90, h: h - 60 };
    return { ...base, kind: "rect", x, y, w, h };
  });
}
