/** The pictures among what was chosen, pasted or dropped. Their bytes decide on the server; here a name may help. */

/** Phones and file systems often know no type for these. */
const byName = /\.(?:hei[cf]|avif|jpe?g|png|webp)$/i;

export function picturesOf(transfer: DataTransfer | FileList | null): readonly File[] {
  if (transfer === null) return [];
  const files = "files" in transfer ? transfer.files : transfer;
  return Array.from(files).filter((file) => file.type.startsWith("image/") || byName.test(file.name));
}

/** For `accept`: phones offer the camera for image/*, desktops know HEIC only by its ending. */
export const PICTURE_ACCEPT = "image/*,.heic,.heif,.avif";
