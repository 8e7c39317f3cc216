/**
 * Where people point on each product's first picture: the detail that its close-up shows, as shares of the width from the
 * left and from the top. Planted, so that a heat map has something to find.
 */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Widths of the drawing that the pictures' details are named in (prisma/seed/shots.ts). */
const DRAWN = 1_600;
const spot = (x: number, y: number): Spot => ({ x: (x + 200) / DRAWN, y: (y + 200) / DRAWN });

const spots: Readonly<Record<string, Spot>> = {
  GINEVRA: spot(850, 838),
  LUNA: spot(600, 1168),
  ALPE: spot(600, 1110),
  CORSA: spot(780, 910),
  BRERA: spot(500, 880),
  NIVES: spot(600, 443),
  DOLOMITI: spot(600, 1215),
  BORA: spot(780, 1170),
  LUMEN: spot(620, 775),
  MERIDIANA: spot(610, 752),
  NOTTURNA: spot(610, 858),
};

/** Of a picture nobody knows: a little above its middle, as shares of its width. */
export const hotSpotOf = (externalId: string): Spot => spots[externalId] ?? { x: 0.5, y: 0.45 };
