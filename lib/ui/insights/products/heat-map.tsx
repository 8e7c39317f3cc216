/**
 * A product picture with what was marked on it: one colour, the stronger the more conversations, and a line around the
 * half of the strongest. The picture lies pale below it, so that the colour is seen on a white one and on a black one.
 * Drawn on the server; the numbers stand on it and beside it as text.
 */
import type { CSSProperties } from "react";
import { GRID_SIDE } from "@/lib/insights/heat/map/grid";
import { type HeatCell, hottestSpots } from "@/lib/insights/heat/map/spots";
import { halfOutline } from "./half-outline";
import styles from "./heat-map.module.css";

/** Of the colour, where one conversation marked; and what the most marked cell adds. */
const FAINTEST = 0.3;
const ADDED = 0.6;
/** Cells by which the edges of cells are softened. */
const SOFTNESS = 0.45;
/** Spots that carry their number on the picture, and cells that they are apart, so that no number hides another. */
const NUMBERED = 3;
const APART = 5;

export interface HeatPicture {
  readonly src: string;
  readonly srcSet: string;
  readonly width: number;
  readonly height: number;
}

export function HeatMap(props: {
  /** Unique on the page. */
  readonly id: string;
  /** What it shows, and what it says in words: for whoever does not see it. */
  readonly name: string;
  readonly picture: HeatPicture;
  readonly cells: readonly HeatCell[];
}) {
  const { id, picture, cells } = props;
  const most = Math.max(1, ...cells.map(({ conversations }) => conversations));
  const outline = halfOutline(cells);
  return (
    <div className={styles.map} style={shapeOf(picture)}>
      <img
        className={cells.length === 0 ? undefined : styles.pale}
        src={picture.src}
        srcSet={picture.srcSet}
        sizes="(max-width: 700px) 100vw, 480px"
        alt=""
        width={picture.width}
        height={picture.height}
      />
      <svg
        viewBox={`0 0 ${GRID_SIDE} ${GRID_SIDE}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={props.name}
      >
        <filter id={`${id}-soft`} x="0" y="0" width="1" height="1" filterUnits="objectBoundingBox">
          <feGaussianBlur stdDeviation={SOFTNESS} />
        </filter>
        <g className={styles.heat} filter={`url(#${id}-soft)`}>
          {/* The softening must not stop where the marked cells do. */}
          <rect width={GRID_SIDE} height={GRID_SIDE} fillOpacity="0" />
          {cells.map(({ cell, conversations }) => (
            <rect
              key={cell}
              x={cell % GRID_SIDE}
              y={Math.floor(cell / GRID_SIDE)}
              width="1"
              height="1"
              fillOpacity={FAINTEST + (ADDED * conversations) / most}
            />
          ))}
        </g>
        <path className={styles.halo} d={outline} />
        <path className={styles.edge} d={outline} />
      </svg>
      {numberedSpots(cells).map(({ cell, conversations }) => (
        <span key={cell} className={styles.number} style={placeOf(cell)} aria-hidden="true">
          {conversations}
        </span>
      ))}
    </div>
  );
}

function numberedSpots(cells: readonly HeatCell[]): HeatCell[] {
  const numbered: HeatCell[] = [];
  for (const spot of hottestSpots(cells)) {
    const isFree = numbered.every(({ cell }) => apart(cell, spot.cell) >= APART);
    if (isFree && numbered.length < NUMBERED) numbered.push(spot);
  }
  return numbered;
}

/** Cells between two, along the longer side. */
function apart(a: number, b: number): number {
  const rows = Math.abs(Math.floor(a / GRID_SIDE) - Math.floor(b / GRID_SIDE));
  return Math.max(rows, Math.abs((a % GRID_SIDE) - (b % GRID_SIDE)));
}

function shapeOf({ width, height }: HeatPicture): CSSProperties {
  return { "--ratio": width / height } as CSSProperties;
}

function placeOf(cell: number) {
  const percent = (position: number) => `${(100 * (position + 0.5)) / GRID_SIDE}%`;
  return { insetInlineStart: percent(cell % GRID_SIDE), top: percent(Math.floor(cell / GRID_SIDE)) };
}
