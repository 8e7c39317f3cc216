import { chmod, mkdir, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { AppError } from "@/lib/protocol/errors";
import { UNFINISHED_MS, type UploadFiles } from "./upload-files";

/** Bytes of the disk that uploads leave free: the database lives there, too. */
const SPARE_BYTES = 1_073_741_824;

/** Keeps what is received below `folder`, which nobody else on the machine can read. */
export async function createDiskUploadFiles(folder: string): Promise<UploadFiles> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const dataStore = new FileStore({ directory: folder, expirationPeriodInMilliseconds: UNFINISHED_MS });
  const pathOf = (uploadId: string) => join(folder, uploadId);
  return {
    dataStore,
    nameOf: (uploadId) => uploadId,
    async open(uploadId) {
      const path = pathOf(uploadId);
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) throw new AppError("unavailable", "the received file is not here");
      return { path, close: async () => undefined };
    },
    async delete(uploadId) {
      for (const path of [pathOf(uploadId), `${pathOf(uploadId)}.json`]) await rm(path, { force: true });
    },
    async hasRoomFor(bytes) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize - bytes > SPARE_BYTES;
    },
    async sweep() {
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const found = await stat(path).catch(() => null);
        if (found && Date.now() - found.mtimeMs > UNFINISHED_MS) await rm(path, { force: true });
      }
    },
  };
}
