/** What a packed feed holds: gzip, or a zip with one file in it. Bounded, since a few packed bytes may become endless ones. */
import { finished, Readable } from "node:stream";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import yauzl from "yauzl";
import { AppError } from "@/lib/protocol/errors";
import type { SpooledFeed } from "./spool-file";

/** Bytes that come out: texts pack to a tenth, so that this is more than any feed of allowed size. */
const MAX_UNPACKED_BYTES = 16 * 1024 ** 3;

/** Entries of a zip that are looked at: more than one file is refused anyway. */
const MAX_ZIP_ENTRIES = 50;

/** The feed's own bytes. @throws AppError bad_request, too_large */
export function unpackFeed(feed: SpooledFeed): AsyncGenerator<Uint8Array> {
  return bounded(packedBytes(feed));
}

async function* packedBytes(feed: SpooledFeed): AsyncGenerator<Uint8Array> {
  const { buffer, bytesRead } = await feed.handle.read(Buffer.alloc(4), 0, 4, 0);
  const magic = buffer.subarray(0, bytesRead).toString("latin1");
  if (magic.startsWith("\x1f\x8b")) yield* unzipped(Readable.from(feed.read()).pipe(createGunzip()));
  else if (magic === "PK\x03\x04") yield* unzipped(await onlyFileOf(feed));
  else yield* feed.read();
}

async function* unzipped(stream: Readable): AsyncGenerator<Uint8Array> {
  const ended = promisify(finished)(stream);
  // What breaks is heard of by the loop below.
  ended.catch(() => undefined);
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("bad_request", `the packed file is broken: ${messageOf(error)}`, { cause: error });
  } finally {
    stream.destroy();
  }
}

async function onlyFileOf(feed: SpooledFeed): Promise<Readable> {
  const broken = (cause: unknown) =>
    new AppError("bad_request", `the zip file is broken: ${messageOf(cause)}`, { cause });
  const zip = await promisify<number, yauzl.Options, yauzl.ZipFile>(yauzl.fromFd)(feed.handle.fd, {
    lazyEntries: true,
    autoClose: false,
  }).catch((cause: unknown) => {
    throw broken(cause);
  });
  const files: yauzl.Entry[] = [];
  await new Promise<void>((resolve, reject) => {
    let seen = 0;
    zip.on("error", (error) => reject(broken(error)));
    zip.on("end", resolve);
    zip.on("entry", (entry: yauzl.Entry) => {
      seen += 1;
      if (!isNoise(entry.fileName)) files.push(entry);
      if (files.length > 1 || seen > MAX_ZIP_ENTRIES) resolve();
      else zip.readEntry();
    });
    zip.readEntry();
  });
  const [file, other] = files;
  if (!file || other) {
    throw new AppError(
      "bad_request",
      `a zip must hold exactly one file, this one holds ${other ? "more" : "none"}`,
    );
  }
  return promisify<yauzl.Entry, Readable>(zip.openReadStream.bind(zip))(file).catch((cause: unknown) => {
    throw broken(cause);
  });
}

/** Folders, and what macOS adds. */
function isNoise(name: string): boolean {
  return name.endsWith("/") || name.startsWith("__MACOSX/") || /(^|\/)\.[^/]*$/.test(name);
}

async function* bounded(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > MAX_UNPACKED_BYTES)
      throw new AppError("too_large", `the feed unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
    yield chunk;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
