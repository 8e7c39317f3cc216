/** What a file looks like before it is sent. Its bytes decide on the server; here a type or a name may help. */
import { MAX_FILE_BYTES, MAX_PAPER_BYTES, MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";

export type FileKind = "picture" | "video" | "paper";

/** Phones and file systems often know no type for some of these. */
const byName: Readonly<Record<FileKind, RegExp>> = {
  picture: /\.(?:hei[cf]|avif|jpe?g|png|webp|gif)$/i,
  video: /\.(?:mp4|m4v|mov|webm)$/i,
  paper: /\.pdf$/i,
};
const byType: Readonly<Record<FileKind, RegExp>> = {
  picture: /^image\//,
  video: /^video\//,
  paper: /^application\/pdf$/,
};
const kinds = ["picture", "video", "paper"] as const;

/** Bytes. */
const mostBytes: Readonly<Record<FileKind, number>> = {
  picture: MAX_UPLOAD_BYTES,
  video: MAX_FILE_BYTES,
  paper: MAX_PAPER_BYTES,
};
const BYTES_PER_MEGABYTE = 1_048_576;

/** Null for what cannot be shown. */
export function kindOf(file: { readonly name: string; readonly type: string }): FileKind | null {
  return kinds.find((kind) => byType[kind].test(file.type) || byName[kind].test(file.name)) ?? null;
}

/** Megabytes a file of this kind may have. */
export const maxMegabytes = (kind: FileKind | null): number =>
  Math.floor(mostBytes[kind ?? "picture"] / BYTES_PER_MEGABYTE);

export const isTooLarge = (kind: FileKind | null, bytes: number): boolean =>
  bytes > mostBytes[kind ?? "picture"];

/** The files among what was chosen, pasted or dropped that can be shown. */
export function filesOf(transfer: DataTransfer | FileList | null): readonly File[] {
  if (transfer === null) return [];
  const files = "files" in transfer ? transfer.files : transfer;
  return Array.from(files).filter((file) => kindOf(file) !== null);
}

/** For `accept`: phones offer the camera for image/* and video/*, desktops know HEIC only by its ending. */
export const FILE_ACCEPT = "image/*,.heic,.heif,.avif,video/mp4,video/quicktime,video/webm,application/pdf";
