import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { AppError } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { fileNameOf, type ImageSource } from "./image-source";

/** Pictures lie in one folder under the file names that the feed's addresses end with. Nothing outside of it is read. */
export async function openFolderImages(folder: string): Promise<ImageSource> {
  const root = await realpath(folder).catch((cause) => {
    throw new AppError("not_found", `there is no folder ${folder}`, { cause });
  });
  return {
    async read(url) {
      const name = fileNameOf(url);
      const path = name === null ? null : await realpath(join(root, name)).catch(() => null);
      if (path === null) throw new AppError("not_found", "no such file in the folder");
      // A link may lead out of the folder.
      if (!path.startsWith(root + sep))
        throw new AppError("forbidden", "the file lies outside of the folder");
      const found = await stat(path);
      if (!found.isFile()) throw new AppError("not_found", "no such file in the folder");
      if (found.size > MAX_UPLOAD_BYTES) throw new AppError("too_large", `${found.size} bytes`);
      return readFile(path);
    },
  };
}
