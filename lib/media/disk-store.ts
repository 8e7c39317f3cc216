import { randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, assetIdSchema, type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { readFileName } from "./file-name";
import type { AssetPlace, MediaStore, NewFile, StoredAssetFiles, StoredFile } from "./store";

/** Writes in progress live beside the assets: a rename is atomic only within one file system. */
const WRITING = "writing";
/** Holds a folder a shop. */
const SHOPS = "shops";

/** Milliseconds after which a write in progress is one that a crash cut off. */
const STALE_MS = 3_600_000;

/**
 * Keeps assets below `folder`, as `shops/<shopId>/<shard>/<shard>/<assetId>/<name>`; reads those that were kept without
 * `shops/<shopId>`, too. Clears what a crash left half written.
 */
export async function createDiskStore(folder: string): Promise<MediaStore> {
  await mkdir(join(folder, WRITING), { recursive: true, mode: 0o700 });
  await clearStale(join(folder, WRITING));
  const folderOf = ({ shopId, assetId }: AssetPlace) =>
    join(folder, SHOPS, checked(shopId), ...shardsOf(assetId), assetId);
  const oldFolderOf = ({ assetId }: { readonly assetId: AssetId }) =>
    join(folder, ...shardsOf(assetId), assetId);

  return {
    async put(place, files) {
      const target = folderOf(place);
      const draft = join(folder, WRITING, randomUUID());
      try {
        await mkdir(draft, { mode: 0o700 });
        for (const file of files) await writeDurably(join(draft, file.name), file);
        await syncFolder(draft);
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await moveInto(target, draft, files);
      } catch (error) {
        await rm(draft, { recursive: true, force: true });
        throw new AppError("unavailable", "the files could not be stored", { cause: error });
      }
    },
    async find(place, name) {
      return (await fileAt(join(folderOf(place), name))) ?? fileAt(join(oldFolderOf(place), name));
    },
    directOrigin: null,
    address: async () => null,
    async delete({ shopId, assetId }) {
      const places = [oldFolderOf({ assetId }), ...(shopId === null ? [] : [folderOf({ shopId, assetId })])];
      for (const path of places) await rm(path, { recursive: true, force: true });
    },
    async *list() {
      yield* listFolder(folder, null);
      for (const name of await namesIn(join(folder, SHOPS))) {
        const shopId = shopIdSchema.safeParse(name);
        if (shopId.success) yield* listFolder(join(folder, SHOPS, name), shopId.data);
      }
    },
    async check() {
      const probe = join(folder, WRITING, `check-${randomUUID()}`);
      try {
        await writeDurably(probe, { bytes: new Uint8Array(1) });
      } catch (error) {
        throw new AppError("unavailable", "the picture store cannot be written", { cause: error });
      } finally {
        await rm(probe, { force: true });
      }
    },
  };
}

/** Young ones stay: a command-line import may be writing beside a running server. */
async function clearStale(writing: string): Promise<void> {
  for (const name of await readdir(writing)) {
    const path = join(writing, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}

function checked(shopId: ShopId): ShopId {
  if (!shopIdSchema.safeParse(shopId).success) throw new AppError("bad_request", "no shop id");
  return shopId;
}

/** The end of a version 7 uuid is random, its beginning the time: sharding by the end spreads evenly. */
function shardsOf(assetId: AssetId): [string, string] {
  if (!assetIdSchema.safeParse(assetId).success) throw new AppError("bad_request", "no asset id");
  return [assetId.slice(-2), assetId.slice(-4, -2)];
}

async function* listFolder(folder: string, shopId: ShopId | null): AsyncGenerator<StoredAssetFiles> {
  for (const shard of await namesIn(folder)) {
    if (shard === WRITING || shard === SHOPS) continue;
    for (const inner of await namesIn(join(folder, shard))) {
      for (const name of await namesIn(join(folder, shard, inner))) {
        const files = await readAssetFolder(join(folder, shard, inner, name), name);
        if (files !== null) yield { shopId, ...files };
      }
    }
  }
}

async function readAssetFolder(path: string, name: string): Promise<Omit<StoredAssetFiles, "shopId"> | null> {
  const assetId = assetIdSchema.safeParse(name);
  const found = await stat(path).catch(() => null);
  if (!assetId.success || !found?.isDirectory()) return null;
  const names = (await namesIn(path)).flatMap((file) => readFileName(file) ?? []);
  return { assetId: assetId.data, names, storedAt: found.mtimeMs };
}

/** None for what is gone, or is no folder. */
const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);

async function fileAt(path: string): Promise<StoredFile | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  return {
    byteLength: found.size,
    open: (range) => Readable.toWeb(createReadStream(path, range)) as ReadableStream<Uint8Array>,
  };
}

/** A new asset appears by one rename; to one that is there, files are added, the last of them last. */
async function moveInto(target: string, draft: string, files: readonly NewFile[]): Promise<void> {
  if ((await stat(target).catch(() => null)) === null) {
    await rename(draft, target);
    await syncFolder(dirname(target));
    return;
  }
  for (const { name } of files) await rename(join(draft, name), join(target, name));
  await syncFolder(target);
  await rm(draft, { recursive: true });
}

async function writeDurably(
  path: string,
  from: { readonly bytes: Uint8Array } | { readonly path: string },
): Promise<void> {
  if ("path" in from) await copyFile(from.path, path, constants.COPYFILE_EXCL);
  const file = await open(path, "path" in from ? "r+" : "wx", 0o600);
  try {
    if ("path" in from) await file.chmod(0o600);
    else await file.writeFile(from.bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes names durable, not only contents. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
