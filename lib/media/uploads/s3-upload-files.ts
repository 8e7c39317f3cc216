import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { S3Store } from "@tus/s3-store";
import { AppError } from "@/lib/protocol/errors";
import { s3ClientConfig } from "../s3-client-config";
import type { S3Settings } from "../s3-store";
import { UNFINISHED_MS, type UploadFiles } from "./upload-files";

/** Bytes of a part: what S3 takes at least, and what browsers send at once. */
const PART_BYTES = 5_242_880;

/** Keeps what is received in the bucket, so that any process may take the next part, and any may read it. */
export function createS3UploadFiles(settings: S3Settings): UploadFiles {
  const start = settings.prefix === "" ? "" : `${settings.prefix}/`;
  const dataStore = new S3Store({
    partSize: PART_BYTES,
    minPartSize: PART_BYTES,
    // Not known everywhere; what is too old is found by its date.
    useTags: false,
    expirationPeriodInMilliseconds: UNFINISHED_MS,
    s3ClientConfig: { ...s3ClientConfig(settings), bucket: settings.bucket },
  });
  const nameOf = (uploadId: string) => `${start}uploads/${uploadId}`;
  return {
    dataStore,
    nameOf,
    async open(uploadId) {
      const folder = await mkdtemp(join(tmpdir(), "vetrina-upload-"));
      const close = () => rm(folder, { recursive: true, force: true });
      const path = join(folder, "file");
      try {
        await pipeline(
          await dataStore.read(nameOf(uploadId)),
          createWriteStream(path, { flags: "wx", mode: 0o600 }),
        );
        return { path, close };
      } catch (error) {
        await close();
        throw new AppError("unavailable", "the received file could not be fetched", { cause: error });
      }
    },
    async delete(uploadId) {
      // It tells what is not there by an error, like every other failure: the sweep finds what is left.
      await dataStore.remove(nameOf(uploadId)).catch(() => undefined);
    },
    hasRoomFor: async () => true,
    async sweep() {
      await dataStore.deleteExpired();
    },
  };
}
