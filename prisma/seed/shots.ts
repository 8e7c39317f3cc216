/** Which pictures each product has: front, another side or colour, and a detail worth looking into. */
import { backpack, saddleBag, tote } from "./pictures/bags";
import { restartIds } from "./pictures/draw";
import { beanie, scarf, sweater } from "./pictures/knitwear";
import { deskLamp, pendant, tableLamp } from "./pictures/lamps";
import { chelseaBoot, sneaker } from "./pictures/shoes";
import type { Shot } from "./pictures/studio";
import { chronograph, dressWatch, watchBack } from "./pictures/watches";

export interface PlannedShot {
  readonly alt: string;
  readonly shot: () => Shot;
}

const sand = "#e9e3d9";
const cool = "#d9dcdb";
const stone = "#dfdbd4";
const rose = "#e8dcd4";

type Crop = NonNullable<Shot["crop"]>;

function planned(
  alt: string,
  body: () => string,
  backdrop: string,
  more: { crop?: Crop; flat?: boolean } = {},
): PlannedShot {
  return {
    alt,
    shot: () => {
      restartIds();
      return { body: body(), backdrop, ...more };
    },
  };
}

/**
 * Four times nearer. Whole numbers here keep the tiles of textures on whole pixels, which draws ten times as fast.
 */
const near = (x: number, y: number): { crop: Crop } => ({ crop: { x, y, width: 400 } });

const steel = "#c9c9cc";
const gold = "#d3b071";

export const shots: Readonly<Record<string, readonly PlannedShot[]>> = {
  GINEVRA: [
    planned("Front, cognac", () => tote("#a5602f", "front"), sand),
    planned("Back with zip pocket, cognac", () => tote("#a5602f", "back"), sand),
    planned("Handle, rivets and grain", () => tote("#a5602f", "front"), sand, near(850, 838)),
    planned("Front, black", () => tote("#2b2726", "front"), sand),
  ],
  LUNA: [
    planned("Front, bordeaux", () => saddleBag("#5b2a22", "front"), rose),
    planned("Buckle and stitching", () => saddleBag("#5b2a22", "front"), rose, near(600, 1168)),
    planned("Front, sage", () => saddleBag("#6f7a5c", "front"), rose),
  ],
  ALPE: [
    planned("Front, forest", () => backpack("#4a5a44", "front"), sand),
    planned("Back and straps", () => backpack("#4a5a44", "back"), sand),
    planned("Leather patch and canvas weave", () => backpack("#4a5a44", "front"), sand, near(600, 1110)),
  ],
  CORSA: [
    planned("Side, white and pine", () => sneaker("#ece6da", "#2f4f46", "#f3eee4"), cool),
    planned("Laces and perforation", () => sneaker("#ece6da", "#2f4f46", "#f3eee4"), cool, near(780, 910)),
    planned("Side, navy and tan", () => sneaker("#2d3648", "#a8703f", "#f3eee4"), cool),
  ],
  BRERA: [
    planned("Side, chestnut", () => chelseaBoot("#6b3a22", "side"), sand),
    planned("Elastic, seams and welt", () => chelseaBoot("#6b3a22", "side"), sand, near(500, 880)),
    planned("Pair, black", () => chelseaBoot("#262120", "pair"), sand),
  ],
  NIVES: [
    planned("Front, oat", () => sweater("#d9cdb8", "front"), cool, { flat: true }),
    planned("Back, oat", () => sweater("#d9cdb8", "back"), cool, { flat: true }),
    planned("Collar and cables", () => sweater("#d9cdb8", "front"), cool, {
      flat: true,
      ...near(600, 443),
    }),
    planned("Front, petrol", () => sweater("#3f5f6b", "front"), stone, { flat: true }),
  ],
  DOLOMITI: [
    planned("Front, brick", () => beanie("#7c3b32"), sand, { flat: true }),
    planned("Leather patch", () => beanie("#7c3b32"), sand, { flat: true, ...near(600, 1215) }),
  ],
  BORA: [
    planned("Folded, camel check", () => scarf("#b8926a", "#4a3b34", "#8f2f27"), rose, { flat: true }),
    planned("Label and fringe", () => scarf("#b8926a", "#4a3b34", "#8f2f27"), rose, {
      flat: true,
      ...near(780, 1170),
    }),
    planned("Folded, grey check", () => scarf("#9aa0a3", "#39434d", "#d6a53f"), cool, { flat: true }),
  ],
  LUMEN: [
    planned("Table lamp, sage", () => tableLamp("#6f8a82", "#efe4d0", false), stone),
    planned("Lit in the evening", () => tableLamp("#6f8a82", "#efe4d0", true), stone),
    planned("Linen shade and glaze", () => tableLamp("#6f8a82", "#efe4d0", false), stone, near(620, 775)),
  ],
  CAMPANA: [
    planned("Pendant, brass", () => pendant("#b98d46", false), stone),
    planned("Lit", () => pendant("#b98d46", true), stone),
    planned("Pendant, copper", () => pendant("#b06a45", false), rose),
  ],
  ARCO: [
    planned("Desk lamp, ink blue", () => deskLamp("#2f4858", false), sand),
    planned("Lit", () => deskLamp("#2f4858", true), sand),
    planned("Desk lamp, brick", () => deskLamp("#8c3f2f", false), sand),
  ],
  MERIDIANA: [
    planned("Blue dial, brown strap", () => dressWatch("#1f3a5f", "#6b4226", steel, "#f2ede2"), stone, {
      flat: true,
    }),
    planned("Case back", () => watchBack("#6b4226", steel, "MERIDIANA"), stone, { flat: true }),
    planned("Dial", () => dressWatch("#1f3a5f", "#6b4226", steel, "#f2ede2"), stone, {
      flat: true,
      ...near(610, 752),
    }),
    planned("Ivory dial, gold case", () => dressWatch("#e9e0cb", "#2a2423", gold, "#3a2f22"), rose, {
      flat: true,
    }),
  ],
  NOTTURNA: [
    planned("Black dial", () => chronograph("#20242a", "#1d1b1a", "#b9bbc0", "#d9622b"), cool, {
      flat: true,
    }),
    planned("Subdials and tachymeter", () => chronograph("#20242a", "#1d1b1a", "#b9bbc0", "#d9622b"), cool, {
      flat: true,
      ...near(610, 858),
    }),
    planned("Case back", () => watchBack("#1d1b1a", "#b9bbc0", "NOTTURNA"), cool, { flat: true }),
  ],
};
