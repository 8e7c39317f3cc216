/**
 * The port to wherever pictures' files are kept. Adapters: disk-store.ts, s3-store.ts. It knows ids, numbers and bytes; who may
 * see what is decided by those who hand out addresses.
 */
import type { AssetId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";
import type { PictureFile } from "./read-picture";

export interface StoredFile {
  readonly byteLength: number;
  /** Reads the content; cancel it when it is not read to the end. */
  open(): ReadableStream<Uint8Array>;
}

/** What is kept of one asset. */
export interface StoredAssetFiles {
  readonly assetId: AssetId;
  readonly sizes: readonly number[];
  /** When the newest of them was stored, milliseconds since 1970. */
  readonly storedAt: number;
}

export interface MediaStore {
  /** Keeps all files of an asset or none. @throws AppError unavailable */
  put(assetId: AssetId, files: readonly PictureFile[]): Promise<void>;
  find(assetId: AssetId, longest: number): Promise<StoredFile | null>;
  /** No error when there is nothing to delete. */
  delete(assetId: AssetId): Promise<void>;
  /** Everything that is kept, in no order; what is not ours is left out. @throws AppError unavailable */
  list(): AsyncIterable<StoredAssetFiles>;
  /** @throws AppError unavailable when files cannot be written. */
  check(): Promise<void>;
}

/** Type of every stored file. */
export const STORED_TYPE = "image/webp";

export const mediaStoreSlot = processSlot<MediaStore>("media-store");

export function getMediaStore(): MediaStore {
  return mediaStoreSlot.get();
}
