import { openImportWork } from "@/lib/catalogue/imports/import-work";
import { openPictureQueue } from "@/lib/catalogue/pictures/picture-queue";

/** What is done about catalogues behind people's backs: feeds that are due, pictures that they name. @returns what ends it */
export function openCatalogueWork(): () => Promise<void> {
  const imports = openImportWork();
  const pictures = openPictureQueue();
  return async () => {
    await Promise.all([imports.close(), pictures.close()]);
  };
}
