/**
 * A feed as it arrived, whole, on disk: only then is it known to be complete, the same as last time, or a zip that must
 * be read from its end. The file has no name from the beginning, so that it is gone with the process, however that ends.
 */
import { createHash } from "node:crypto";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/protocol/errors";

/** Bytes of a file. A million products with long texts stay below it; what is packed may hold more (unpack-feed.ts). */
const MAX_FEED_BYTES = 4 * 1024 ** 3;

/** Bytes in one read from the disk. */
const READ_BYTES = 256 * 1024;

export interface SpooledFeed {
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly handle: FileHandle;
  /** From the beginning, as often as wanted. */
  read(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** @throws AppError too_large; whatever the source throws when it breaks off; the signal's reason */
export async function spoolFeed(
  source: AsyncIterable<Uint8Array>,
  folder: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onBytes?: (bytes: number) => void } = {},
): Promise<SpooledFeed> {
  const handle = await openNameless(folder);
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of source) {
      options.signal?.throwIfAborted();
      bytes += chunk.byteLength;
      if (bytes > MAX_FEED_BYTES)
        throw new AppError("too_large", `the feed has more than ${MAX_FEED_BYTES} bytes`);
      hash.update(chunk);
      await handle.writeFile(chunk);
      options.onBytes?.(bytes);
    }
    options.signal?.throwIfAborted();
    return {
      bytes,
      digest: hash.digest("hex"),
      handle,
      read: () => readAll(handle, options.signal),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openNameless(folder: string): Promise<FileHandle> {
  const own = await mkdtemp(join(folder, "feed-"));
  try {
    return await open(join(own, "feed"), "wx+", 0o600);
  } finally {
    await rm(own, { recursive: true });
  }
}

async function* readAll(handle: FileHandle, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    signal?.throwIfAborted();
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
