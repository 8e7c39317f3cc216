/**
 * Runs on a thread of the picture pool: cuts one picture into the tiles of libvips' deep-zoom layout, in a folder of
 * the caller's. Plain JavaScript on purpose: it is loaded by path, never bundled. Types: picture-task.ts.
 */
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { answered, openPicture } from "./open-picture.mjs";

/** Tiles are what is looked at from near; they are many, so a slower method would cost minutes. */
const ENCODING = { quality: 84, effort: 1 };

/** @param {import("./picture-task").TileTask} task */
export default (task) =>
  answered(async () => {
    const { image, width, height } = await openPicture(task);
    const name = join(task.folder, "dz");
    await image
      .toColourspace("srgb")
      .webp(ENCODING)
      .tile({ size: task.tileSize, overlap: 0, layout: "dz", container: "fs" })
      .toFile(name);
    const levels = [];
    // Beside the levels lies a file with what libvips knows of the picture.
    const made = (await readdir(`${name}_files`)).filter((each) => /^\d+$/.test(each));
    for (const folder of made) {
      // A level of a deep zoom is the picture halved so many times, each time rounded up.
      const level = Number(folder);
      const halvings = 2 ** (topLevel(width, height) - level);
      const [w, h] = [Math.ceil(width / halvings), Math.ceil(height / halvings)];
      // The smaller ones are there as whole pictures.
      if (Math.max(w, h) <= task.aboveLongest) continue;
      await rename(join(`${name}_files`, folder), join(task.folder, folder));
      levels.push({ level, columns: Math.ceil(w / task.tileSize), rows: Math.ceil(h / task.tileSize) });
    }
    await rm(`${name}_files`, { recursive: true });
    return { levels: levels.sort((a, b) => a.level - b.level) };
  });

const topLevel = (width, height) => Math.ceil(Math.log2(Math.max(width, height)));
