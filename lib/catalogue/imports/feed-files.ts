/**
 * Feed files that somebody sent, until they were imported: in the data folder, under names of ours, bounded, and swept
 * when nobody came back for them. A file is known only to the processes that share this folder.
 */
import { randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { getConfig } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";

/** Bytes of a feed, packed or not: 100,000 products with long texts in XML are some 500 MB. */
export const MAX_FEED_BYTES = 2_000_000_000;
/** Files of one shop that wait at once: somebody tries a few before she imports one. */
const MAX_WAITING_FILES = 8;
/** Milliseconds after which a file that no import wants is taken for forgotten: a day. */
const FORGOTTEN_AFTER_MS = 86_400_000;

const folder = (): string => join(getConfig().dataDir, "feeds");
/** The shop's id is part of the name: nobody else's file can be named. */
const isNameOf = (shopId: string, name: string): boolean =>
  name.startsWith(`${shopId}.`) && /^[\w-]+\.[\w-]+$/.test(name);

/** @returns its name @throws AppError too_large; too_many when the shop has many files waiting */
export async function keepFeedFile(shopId: string, source: AsyncIterable<Uint8Array>): Promise<string> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const waiting = (await readdir(folder())).filter((name) => isNameOf(shopId, name));
  if (waiting.length >= MAX_WAITING_FILES)
    throw new AppError("too_many", "too many files wait for an import");
  const name = `${shopId}.${randomUUID()}`;
  const path = join(folder(), name);
  // Open before anything can break: what is still being opened when it is removed would be there afterwards.
  const file = await open(path, "wx", 0o600);
  try {
    await pipeline(bounded(source), file.createWriteStream());
    return name;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** @throws AppError not_found when it is another shop's or gone */
export async function openFeedFile(
  shopId: string,
  name: string,
): Promise<{ readonly body: AsyncIterable<Uint8Array>; readonly total: number }> {
  if (!hasFeedFile(shopId, name)) throw new AppError("not_found", "the file is gone: send it again");
  const path = join(folder(), name);
  return { total: (await stat(path)).size, body: createReadStream(path) };
}

export function hasFeedFile(shopId: string, name: string): boolean {
  return isNameOf(shopId, name) && existsSync(join(folder(), name));
}

export async function dropFeedFile(shopId: string, name: string): Promise<void> {
  if (isNameOf(shopId, name)) await rm(join(folder(), name), { force: true });
}

/** @param wanted names that imports still need */
export async function sweepFeedFiles(wanted: ReadonlySet<string>, now: Date): Promise<void> {
  for (const name of await readdir(folder()).catch(() => [])) {
    if (wanted.has(name)) continue;
    const found = await stat(join(folder(), name)).catch(() => null);
    if (found && found.mtimeMs < now.getTime() - FORGOTTEN_AFTER_MS)
      await rm(join(folder(), name), { force: true });
  }
}

async function* bounded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > MAX_FEED_BYTES) throw new AppError("too_large", `at most ${MAX_FEED_BYTES} bytes`);
    yield chunk;
  }
}
