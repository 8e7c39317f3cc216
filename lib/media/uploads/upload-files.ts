/**
 * The port to where files wait while they are received and read: originals, with all they tell about their maker, kept no
 * longer than that. What tus needs is a data store of its own kind; adapters: disk-upload-files.ts, s3-upload-files.ts.
 */
import type { DataStore } from "@tus/server";
import { processSlot } from "@/lib/protocol/process-slot";

/** A file that has been received, on this machine's disk. */
interface ReceivedFile {
  readonly path: string;
  /** Whoever has opened it says when it is read. */
  close(): Promise<void>;
}

export interface UploadFiles {
  readonly dataStore: DataStore;
  /** The name that the data store knows an upload by. */
  nameOf(uploadId: string): string;
  /** @throws AppError unavailable when it is not there, or not here */
  open(uploadId: string): Promise<ReceivedFile>;
  /** No error when there is nothing to delete. */
  delete(uploadId: string): Promise<void>;
  /** Whether a file of so many bytes can be taken. */
  hasRoomFor(bytes: number): Promise<boolean>;
  /** Removes what nobody finished within the time that unfinished uploads may take. */
  sweep(): Promise<void>;
}

/** Milliseconds that an upload may take, pauses included: somebody leaves the train, and goes on in the evening. */
export const UNFINISHED_MS = 86_400_000;

export const uploadFilesSlot = processSlot<UploadFiles>("upload-files");
