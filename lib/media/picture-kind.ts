import { open, stat } from "node:fs/promises";
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

/**
 * The type that a file's content shows; null for what nobody knows.
 * @param source the file's bytes, or its path
 */
export async function sniff(source: Uint8Array | string): Promise<string | null> {
  const beginning = typeof source === "string" ? await beginningOf(source) : source.subarray(0, SNIFF_BYTES);
  return (await fileTypeFromBuffer(beginning))?.mime ?? null;
}

export const isPictureType = (mime: string): boolean => kindOfMime[mime] !== undefined;

/** @throws AppError unsupported_picture */
export async function sniffPicture(source: Uint8Array | string): Promise<PictureKind> {
  const mime = await sniff(source);
  const kind = mime === null ? undefined : kindOfMime[mime];
  if (!kind) throw new AppError("unsupported_picture", `the file is ${mime ?? "no known picture"}`);
  return kind;
}

export async function byteLengthOf(source: Uint8Array | string): Promise<number> {
  return typeof source === "string" ? (await stat(source)).size : source.byteLength;
}

async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(SNIFF_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
