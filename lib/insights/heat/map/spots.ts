/** What a heat map consists of, and what it says in words. Pure: the server counts with it, screens draw with it. */
import { GRID_SIDE, middleOf } from "./grid";

/** Conversations below which a cell might be told from a person. */
export const SMALL_CELL = 5;

export const heatKinds = ["drawn", "zoomed"] as const;
export type HeatKind = (typeof heatKinds)[number];
export const heatSides = ["both", "customer", "agent"] as const;
export type HeatSide = (typeof heatSides)[number];

export interface HeatCell {
  /** As ./grid numbers them. */
  readonly cell: number;
  readonly conversations: number;
}

/** Ninths of a picture, from the upper left to the lower right. */
export const ninths = [
  "topLeft",
  "top",
  "topRight",
  "left",
  "centre",
  "right",
  "bottomLeft",
  "bottom",
  "bottomRight",
] as const;
export type Ninth = (typeof ninths)[number];

export interface Spot extends HeatCell {
  readonly place: Ninth;
}

/** The hottest cell of each ninth, the hottest first: what the map says to whoever does not see it. */
export function hottestSpots(cells: readonly HeatCell[]): Spot[] {
  const most = new Map<Ninth, Spot>();
  for (const hot of cells) {
    const place = ninthOf(hot.cell);
    if ((most.get(place)?.conversations ?? 0) < hot.conversations) most.set(place, { place, ...hot });
  }
  return [...most.values()].sort(
    (a, b) => b.conversations - a.conversations || ninths.indexOf(a.place) - ninths.indexOf(b.place),
  );
}

/** The cells of one ninth. */
export function cellsIn(place: Ninth): number[] {
  return Array.from({ length: GRID_SIDE * GRID_SIDE }, (_, cell) => cell).filter(
    (cell) => ninthOf(cell) === place,
  );
}

function ninthOf(cell: number): Ninth {
  const { x, y } = middleOf(cell);
  return ninths[Math.floor(y * 3) * 3 + Math.floor(x * 3)] ?? "centre";
}
