/** The studio: backdrop, textures at the right scale for the crop, and the way from SVG text to a JPEG. */
import sharp from "sharp";
import { darker, lighter } from "./color";
import { isTextureName, TILE_PIXELS, textureTile } from "./textures";

const WIDTH = 1600;
const HEIGHT = 2000;

export interface Shot {
  /** What stands before the backdrop. */
  readonly body: string;
  readonly backdrop: string;
  /** Part of the 1600 x 2000 scene to show; a detail is the same scene from nearer, with finer grain. */
  readonly crop?: { readonly x: number; readonly y: number; readonly width: number };
  /** Seen from above on a table instead of standing before a wall. */
  readonly flat?: boolean;
}

function backdrop(color: string, flat: boolean): string {
  const wall = flat
    ? `<linearGradient id="bg" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${lighter(color, 0.5)}"/><stop offset="1" stop-color="${darker(color, 0.1)}"/></linearGradient>`
    : `<linearGradient id="bg" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${darker(color, 0.06)}"/><stop offset=".5" stop-color="${lighter(color, 0.22)}"/><stop offset=".7" stop-color="${darker(color, 0.05)}"/><stop offset=".8" stop-color="${lighter(color, 0.2)}"/><stop offset="1" stop-color="${lighter(color, 0.42)}"/></linearGradient>`;
  return `${wall}<radialGradient id="vg" cx=".42" cy=".4" r=".85"><stop offset="0" stop-color="#fff" stop-opacity=".38"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#1a120c" stop-opacity=".2"/></radialGradient><rect x="-200" y="-200" width="2000" height="2400" fill="url(#bg)"/><rect x="-200" y="-200" width="2000" height="2400" fill="url(#plaster)" opacity=".22"/><rect width="1600" height="2000" fill="url(#vg)"/>`;
}

/** From this magnification on a scene is drawn with tiles twice as large: nearer, but not only bigger. */
const NEAR_ZOOM = 1.5;

/** A tile's pixel always falls on a picture's pixel: resampling a repeated pattern costs a second a picture. */
async function textures(body: string, zoom: number): Promise<string> {
  const names = new Set([...body.matchAll(/url\(#([a-z]+)(?:-[a-z]+)?\)/g)].map((m) => m[1] ?? ""));
  const scale = zoom > NEAR_ZOOM ? 2 : 1;
  const size = (TILE_PIXELS * scale) / zoom;
  let defs = "";
  for (const name of names) {
    if (!isTextureName(name)) continue;
    const tile = await textureTile(name, scale);
    const pattern = (id: string, transform: string) =>
      `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" ${transform}><image href="${tile}" width="${size}" height="${size}"/></pattern>`;
    if (body.includes(`url(#${name})`)) defs += pattern(name, "");
    if (body.includes(`#${name}-turned`)) defs += pattern(`${name}-turned`, 'patternTransform="rotate(90)"');
    if (body.includes(`#${name}-fine`)) defs += pattern(`${name}-fine`, 'patternTransform="scale(.5)"');
  }
  return `<defs>${defs}</defs>`;
}

export async function toSvg(shot: Shot): Promise<string> {
  const { crop = { x: 0, y: 0, width: WIDTH } } = shot;
  const content = backdrop(shot.backdrop, shot.flat ?? false) + shot.body;
  const height = (crop.width * HEIGHT) / WIDTH;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="${crop.x} ${crop.y} ${crop.width} ${height}">${await textures(content, WIDTH / crop.width)}${content}</svg>`;
}

/** Quality at which leather grain shows no blocks. */
const JPEG_QUALITY = 90;

export async function photograph(shot: Shot): Promise<Buffer> {
  return sharp(Buffer.from(await toSvg(shot)), { unlimited: true })
    .flatten()
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}
