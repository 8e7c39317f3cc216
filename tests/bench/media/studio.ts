/** The studio's picture as it is kept, for what browsers are sent of it. */
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { closePicturePool } from "@/lib/media/picture-pool";
import { cutTiles, readPicture } from "@/lib/media/read-picture";
import type { Studio } from "../../panel-harness/serve";
import type { Inputs } from "./inputs";

/** Writes its tiles into a folder of its own below this one. */
export async function makeStudio(inputs: Inputs, folder: string): Promise<Studio> {
  const tiles = join(folder, "studio-tiles");
  await mkdir(tiles);
  const { files } = await readPicture(inputs.studio);
  await cutTiles(inputs.studio, tiles);
  await closePicturePool();
  return { files, tiles };
}

/** Bytes. */
export async function bytesOfTiles({ tiles }: Studio): Promise<number> {
  let bytes = 0;
  for (const each of await readdir(tiles, { recursive: true, withFileTypes: true })) {
    if (each.isFile()) bytes += (await stat(join(each.parentPath, each.name))).size;
  }
  return bytes;
}
