import { openImportWork } from "@/lib/catalogue/imports/import-work";
import { openPictureQueue } from "@/lib/catalogue/pictures/picture-queue";
import { shopVideoGbSlot } from "@/lib/media/video-room";
import type { Env } from "./env";

/** What is done about catalogues behind people's backs: feeds that are due, pictures that they name. @returns what ends it */
export function openCatalogueWork({ shopVideoGb }: Pick<Env, "shopVideoGb">): () => Promise<void> {
  shopVideoGbSlot.provide(shopVideoGb);
  const imports = openImportWork();
  const pictures = openPictureQueue();
  return async () => {
    await Promise.all([imports.close(), pictures.close()]);
  };
}
