/** A process that takes over what waits to be read, for tests that kill it. Says "reading" when it begins. */
import { pino } from "pino";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { connect, provideDb } from "@/lib/db/client";
import { createDiskStore } from "@/lib/media/disk-store";
import { mediaStoreSlot } from "@/lib/media/store";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { configSlot } from "@/lib/protocol/config-slot";
import { compose } from "@/lib/runtime/compose";

const { DATABASE_URL = "", MEDIA = "", UPLOADS = "" } = process.env;
provideDb(connect(DATABASE_URL).db);
configSlot.provide({
  publicUrl: "http://127.0.0.1:3000",
  dataDir: UPLOADS,
  secret: "not used by what reads files, and long enough",
  version: "0.0.0-test",
  embedded: false,
});
mediaStoreSlot.provide(await createDiskStore(MEDIA));
uploadFilesSlot.provide(await createDiskUploadFiles(UPLOADS));
await compose(pino({ level: "silent" }), { metricsToken: null, redisUrl: null, ffmpeg: "off", clamd: null });
const work = openUploadWork();
uploadWorkSlot.provide(work);
await work.look();
process.stdout.write("reading\n");
