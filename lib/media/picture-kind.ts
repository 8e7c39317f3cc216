import { fileTypeFromBuffer } from "file-type";
import { AppError } from "@/lib/protocol/errors";

/** What decoders must be told; HEIF says which codec is inside only further in. */
const pictureKinds = ["jpeg", "png", "webp", "gif", "avif", "heif"] as const;
export type PictureKind = (typeof pictureKinds)[number];

const kindOfMime: Readonly<Record<string, PictureKind>> = {
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/apng": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
  "image/heic": "heif",
  "image/heif": "heif",
  "image/heic-sequence": "heif",
  "image/heif-sequence": "heif",
};

/** Bytes of a file's beginning that tell its kind. */
const SNIFF_BYTES = 4_100;

/** @throws AppError unsupported_picture */
export async function sniffPicture(bytes: Uint8Array): Promise<PictureKind> {
  const found = await fileTypeFromBuffer(bytes.subarray(0, SNIFF_BYTES));
  const kind = found ? kindOfMime[found.mime] : undefined;
  if (!kind)
    throw new AppError(
      "unsupported_picture",
      found ? `the file is ${found.mime}` : "the file is no known picture",
    );
  return kind;
}
