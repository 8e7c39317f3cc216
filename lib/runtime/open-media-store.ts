/** Where assets' files are kept, and uploads wait: a bucket when one is set, else the data folder. */
import { join } from "node:path";
import { StartProblem } from "@/lib/db/start-problem";
import { createDiskStore } from "@/lib/media/disk-store";
import { createS3Store } from "@/lib/media/s3-store";
import { mediaStoreSlot } from "@/lib/media/store";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { createS3UploadFiles } from "@/lib/media/uploads/s3-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import type { Env } from "./env";

/** Provides the store. @throws StartProblem when the bucket cannot be used */
export async function openMediaStore({ s3, dataDir }: Pick<Env, "s3" | "dataDir">): Promise<() => void> {
  if (s3 === null) {
    mediaStoreSlot.provide(await createDiskStore(join(dataDir, "media")));
    uploadFilesSlot.provide(await createDiskUploadFiles(join(dataDir, "uploads")));
    return () => undefined;
  }
  const store = createS3Store(s3);
  try {
    await store.probe();
  } catch (cause) {
    store.close();
    const reason = cause instanceof Error ? cause.message : "no answer";
    throw new StartProblem(
      `The bucket ${s3.bucket} cannot be used (${reason}): check S3_BUCKET and the other S3_ settings.`,
      {
        cause,
      },
    );
  }
  mediaStoreSlot.provide(store);
  uploadFilesSlot.provide(createS3UploadFiles(s3));
  return store.close;
}
