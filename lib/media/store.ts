/**
 * The port to wherever assets' files are kept. Adapters: disk-store.ts, s3-store.ts. It knows ids, names and bytes; who
 * may see what is decided by those who hand out addresses.
 */
import type { AssetId, ShopId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";
import type { FileName } from "./file-name";

/** A file to keep: its bytes, or the path of a file that holds them. */
export type NewFile = { readonly name: FileName } & (
  | { readonly bytes: Uint8Array }
  | { readonly path: string }
);

/** Of a file's bytes, the first and the last one; both are part of it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredFile {
  readonly byteLength: number;
  /** Reads the content, or a part of it that lies within; cancel it when it is not read to the end. */
  open(range?: ByteRange): ReadableStream<Uint8Array>;
}

/** Where an asset's files lie: every shop's by themselves, so that they can be counted, moved and removed as one. */
export interface AssetPlace {
  readonly shopId: ShopId;
  readonly assetId: AssetId;
}

/**
 * Null: only what was kept before files lay by shop. Such files are read and deleted for the shop whose asset it is, too;
 * nothing is written there any more.
 */
export type AnyPlace = Omit<AssetPlace, "shopId"> & { readonly shopId: ShopId | null };

/** What is kept of one asset, at one place. */
export interface StoredAssetFiles extends AnyPlace {
  readonly names: readonly FileName[];
  /** When the newest of them was stored, milliseconds since 1970. */
  readonly storedAt: number;
}

export interface MediaStore {
  /** The origin of all that `address` gives; null where it gives nothing. */
  readonly directOrigin: string | null;
  /** Keeps all these files of an asset or none, beside those that it has already. @throws AppError unavailable */
  put(place: AssetPlace, files: readonly NewFile[]): Promise<void>;
  find(place: AssetPlace, name: FileName): Promise<StoredFile | null>;
  /**
   * Where a browser gets a file without us, good for so many seconds and for reading this one file; null where there is
   * no such address.
   */
  address(place: AssetPlace, name: FileName, seconds: number): Promise<string | null>;
  /** No error when there is nothing to delete. */
  delete(place: AnyPlace): Promise<void>;
  /**
   * Everything that is kept, in no order; what is not ours is left out. An asset may come twice: by its shop, and from
   * before files lay by shop. @throws AppError unavailable
   */
  list(): AsyncIterable<StoredAssetFiles>;
  /** @throws AppError unavailable when files cannot be written. */
  check(): Promise<void>;
}

export const mediaStoreSlot = processSlot<MediaStore>("media-store");

export function getMediaStore(): MediaStore {
  return mediaStoreSlot.get();
}
