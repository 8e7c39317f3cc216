import { copyFile, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { MAX_VIDEO_BYTES } from "@/lib/media/video/video-limits";
import { AppError } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { fileNameOf, type ImageSource } from "./image-source";

/** Pictures and videos lie in one folder under the file names that the feed's addresses end with. Nothing outside of it is read. */
export async function openFolderImages(folder: string): Promise<ImageSource> {
  const root = await realpath(folder).catch((cause) => {
    throw new AppError("not_found", `there is no folder ${folder}`, { cause });
  });
  return {
    read: async (url) => readFile(await findFile(root, url, MAX_UPLOAD_BYTES)),
    save: async (url, path) => copyFile(await findFile(root, url, MAX_VIDEO_BYTES), path),
  };
}

/** @returns its path @throws AppError not_found, forbidden, too_large */
async function findFile(root: string, url: string, maxBytes: number): Promise<string> {
  const name = fileNameOf(url);
  const path = name === null ? null : await realpath(join(root, name)).catch(() => null);
  if (path === null) throw new AppError("not_found", "no such file in the folder");
  // A link may lead out of the folder.
  if (!path.startsWith(root + sep)) throw new AppError("forbidden", "the file lies outside of the folder");
  const found = await stat(path);
  if (!found.isFile()) throw new AppError("not_found", "no such file in the folder");
  if (found.size > maxBytes) throw new AppError("too_large", `${found.size} bytes`);
  return path;
}
