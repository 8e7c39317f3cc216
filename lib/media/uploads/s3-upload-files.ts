import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { type MetadataValue, S3Store } from "@tus/s3-store";
import { MemoryKvStore } from "@tus/server";
import { AppError } from "@/lib/protocol/errors";
import { s3ClientConfig, sealWith } from "../s3-client-config";
import type { S3Settings } from "../s3-store";
import { makeScratchFolder, removeScratchFolder } from "../scratch-folder";
import { UNFINISHED_MS, type UploadFiles } from "./upload-files";

/** Bytes of a part: what S3 takes at least, and what browsers send at once. */
const PART_BYTES = 5_242_880;

/** What waits is more private than what is shown: it still tells where it was taken. */
class SealedStore extends S3Store {
  constructor(encryption: S3Settings["encryption"], options: ConstructorParameters<typeof S3Store>[0]) {
    super(options);
    sealWith(this.client, encryption);
  }
}

/** Keeps what is received in the bucket, so that any process may take the next part, and any may read it. */
export function createS3UploadFiles(settings: S3Settings): UploadFiles {
  const { bucket: Bucket } = settings;
  const start = `${settings.prefix === "" ? "" : `${settings.prefix}/`}uploads/`;
  const client = new S3Client(s3ClientConfig(settings));
  const cache = new MemoryKvStore<MetadataValue>();
  const dataStore = new SealedStore(settings.encryption, {
    partSize: PART_BYTES,
    minPartSize: PART_BYTES,
    // Not known everywhere; what is too old is found by its date.
    useTags: false,
    cache,
    expirationPeriodInMilliseconds: UNFINISHED_MS,
    s3ClientConfig: { ...s3ClientConfig(settings), bucket: settings.bucket },
  });
  const nameOf = (uploadId: string) => `${start}${uploadId}`;

  /**
   * Parts that were not put together, and objects, whose names begin so and that are older than a time. Tus' own way of
   * deleting takes one request that not every server knows, and fails for what is finished.
   */
  async function remove(Prefix: string, before: number): Promise<void> {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (Key === undefined || (Initiated?.getTime() ?? 0) > before) continue;
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    }
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
    for (const { Key, LastModified } of Contents) {
      if (Key === undefined || (LastModified?.getTime() ?? 0) > before) continue;
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    }
  }

  return {
    dataStore,
    nameOf,
    async open(uploadId) {
      const folder = await makeScratchFolder();
      const close = () => removeScratchFolder(folder);
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
      await remove(nameOf(uploadId), Number.POSITIVE_INFINITY);
      await cache.delete(nameOf(uploadId));
    },
    hasRoomFor: async () => true,
    // What a listing leaves out is found by the next sweep.
    sweep: () => remove(start, Date.now() - UNFINISHED_MS),
  };
}
