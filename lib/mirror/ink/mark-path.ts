/** The lines of a mark, as an SVG path around its place. Pure; a mark from the wire is drawn whatever stands in it. */
import type { MirrorMark } from "@/lib/protocol/mirror";

type Drawn = Pick<MirrorMark, "kind" | "points">;
type Point = readonly [x: number, y: number];

/** CSS pixels of the page. */
export const lineWidths = { arrow: 4, ellipse: 4, pen: 4, highlighter: 20 } as const;
/** CSS pixels that an arrow's head reaches back, and to each side; a short arrow has a smaller one. */
const HEAD = { back: 18, side: 10 };

export function markPath({ kind, points: told }: Drawn): string {
  const points = told.map(([x = 0, y = 0]): Point => [x, y]);
  const from = points[0] ?? [0, 0];
  const to = points.at(-1) ?? from;
  if (kind === "arrow") return arrow(from, to);
  return kind === "ellipse" ? ellipse(from, to) : stroke(points);
}

function arrow(tail: Point, tip: Point): string {
  const [dx, dy] = [tip[0] - tail[0], tip[1] - tail[1]];
  const length = Math.hypot(dx, dy) || 1;
  const size = Math.min(1, length / 2 / HEAD.back);
  const [along, across] = [HEAD.back * size, HEAD.side * size];
  const barb = (side: number) =>
    text([
      tip[0] - (dx / length) * along - (dy / length) * across * side,
      tip[1] - (dy / length) * along + (dx / length) * across * side,
    ]);
  return `M${text(tail)}L${text(tip)}M${barb(1)}L${text(tip)}L${barb(-1)}`;
}

function ellipse(from: Point, to: Point): string {
  const radii = text([Math.abs(to[0] - from[0]) / 2, Math.abs(to[1] - from[1]) / 2]);
  const middle = (from[1] + to[1]) / 2;
  const half = (x: number) => `A${radii} 0 1 0 ${text([x, middle])}`;
  return `M${text([from[0], middle])}${half(to[0])}${half(from[0])}Z`;
}

/** Through the middles between the points, so that corners are round. */
function stroke(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${text(first)}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    path +=
      next === undefined
        ? `L${text(point)}`
        : `Q${text(point)} ${text([(point[0] + next[0]) / 2, (point[1] + next[1]) / 2])}`;
  });
  return path;
}

const text = ([x, y]: Point) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
