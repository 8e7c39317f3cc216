/** The picture of a page with its masks drawn over it, so that what is masked is not in it any more. */
import sharp from "sharp";
import type { Box } from "./dry-run-port";
import type { PageMasks } from "./page-boxes";

const PAPER = "#e9e6e1";
const DOTS = "#6f6a63";
const BOX = "#a7a29b";
/** Pixels: dots that are still seen as such in a picture of half the page's size. */
const DOT_STEP = 14;
const DOT = 8;
/** WebP: words stay readable, and a page takes some 150 KB. */
const QUALITY = 70;

export interface Drawn {
  readonly base64: string;
  readonly width: number;
  readonly height: number;
}

export async function drawMasks(screenshot: Buffer, masks: PageMasks): Promise<Drawn> {
  const page = sharp(screenshot);
  const { width, height } = await page.metadata();
  const { data } = await page
    .composite([{ input: Buffer.from(asSvg(masks, width, height)) }])
    .webp({ quality: QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { base64: data.toString("base64"), width, height };
}

function asSvg({ dots, boxes }: PageMasks, width: number, height: number): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    ...dots.map((box) => rect(box, PAPER)),
    `<path d="${dots.map(line).join("")}" stroke="${DOTS}" stroke-width="${DOT}" stroke-linecap="round" stroke-dasharray="0.01 ${DOT_STEP}"/>`,
    ...boxes.map((box) => rect(box, BOX)),
    "</svg>",
  ].join("");
}

/** Through the middle, as in a password's field. */
function line({ x, y, width, height }: Box): string {
  const from = Math.round(x + DOT);
  const length = Math.max(1, Math.round(width - 2 * DOT));
  return `M${from} ${Math.round(y + height / 2)}h${length}`;
}

/** Outwards to whole pixels: nothing of a letter may stand out. */
function rect({ x, y, width, height }: Box, fill: string): string {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.ceil(x + width);
  const bottom = Math.ceil(y + height);
  return `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="${fill}"/>`;
}
