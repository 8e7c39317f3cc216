/** What a phone is sent of a picture of 100 megapixels, by the panel's own choice of sizes and tiles. */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closePicturePool } from "@/lib/media/picture-pool";
import { cutTiles, readPicture } from "@/lib/media/read-picture";
import { levelFor, longestOf, tilesWithin } from "@/lib/panel/tiles";
import { type Camera, fitCamera, scaleOf, visibleBox } from "@/lib/panel/view";
import type { Row } from "../table";
import type { Inputs } from "./inputs";

/** The stage on a phone of 390 pixels: what its bars leave; its screen has three pixels for one. */
const STAGE = { width: 390, height: 560, inset: { top: 0, right: 0, bottom: 0, left: 0 } };
const DENSITY = 3;
const CLOSE_ZOOM = 4;
const KB = 1_000;

export async function phoneRows(inputs: Inputs, say: (what: string) => void): Promise<Row[]> {
  say("what a phone is sent of 100 megapixels");
  const picture = await readPicture(inputs.studio);
  const folder = await mkdtemp(join(tmpdir(), "vetrina-bench-"));
  const { levels, tileSize } = await cutTiles(inputs.studio, folder);
  const largest = picture.files.at(-1)?.longest ?? 0;

  /** As lib/ui/panel/picture-layer.tsx chooses: the smallest first, blurred, then the one that is sharp. */
  function sizesAt(camera: Camera): number {
    const pixels = Math.max(picture.width, picture.height) * scaleOf(camera, picture, STAGE) * DENSITY;
    const sharp = picture.files.find(({ longest }) => longest >= pixels) ?? picture.files.at(-1);
    return (picture.files[0]?.bytes.byteLength ?? 0) + (sharp?.bytes.byteLength ?? 0);
  }

  /** As lib/ui/panel/tile-layer.tsx does. */
  async function tilesAt(camera: Camera): Promise<number> {
    const level = levelFor(picture, scaleOf(camera, picture, STAGE) * DENSITY);
    if (longestOf(picture, level) <= largest) return 0;
    let bytes = 0;
    for (const { column, row } of tilesWithin(picture, tileSize, level, visibleBox(camera, picture, STAGE))) {
      bytes += (await stat(join(folder, String(level), `${column}_${row}.webp`))).size;
    }
    return bytes;
  }

  const fit = fitCamera(picture);
  const close = { ...fit, zoom: CLOSE_ZOOM };
  const row = (figure: string, bytes: number): Row => ({
    ...{ figure: `100 MP on a 390 px phone: ${figure}`, unit: "KB", ours: bytes / KB },
    ...{ peers: {}, ratio: null, target: null },
  });
  const rows = [
    row("at fit", sizesAt(fit)),
    row("at 4x, sizes", sizesAt(close)),
    row("at 4x, tiles of what is seen", await tilesAt(close)),
    row("all tiles there are", await allTiles(folder, levels)),
    row("the file that was sent", (await stat(inputs.studio)).size),
  ];
  await rm(folder, { recursive: true });
  await closePicturePool();
  return rows;
}

async function allTiles(
  folder: string,
  levels: readonly { readonly level: number; readonly columns: number; readonly rows: number }[],
): Promise<number> {
  let bytes = 0;
  for (const { level, columns, rows } of levels) {
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        bytes += (await stat(join(folder, String(level), `${column}_${row}.webp`))).size;
      }
    }
  }
  return bytes;
}
