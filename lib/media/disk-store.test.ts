import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AssetId, assetIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { createDiskStore } from "./disk-store";
import { sizeName } from "./file-name";
import type { MediaStore, StoredFile } from "./store";

let folder: string;
let store: MediaStore;
const shopId = shopIdSchema.parse(randomUUID());
const newId = () => ({ shopId, assetId: assetIdSchema.parse(randomUUID()) });
const [small, large] = [sizeName(160), sizeName(900)];
const files = [
  { name: small, bytes: Uint8Array.from([1, 2, 3]) },
  { name: large, bytes: Uint8Array.from([4, 5, 6, 7]) },
];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vt-store-"));
  store = await createDiskStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function filesBelow(path: string): Promise<string[]> {
  const all = await readdir(path, { recursive: true, withFileTypes: true });
  return all
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(path.length + 1));
}

async function contentOf(file: StoredFile | null): Promise<number[] | null> {
  return file && [...new Uint8Array(await new Response(file.open()).arrayBuffer())];
}

describe("the disk store", () => {
  it("[ME12] keeps every size of an asset and gives it back", async () => {
    const id = newId();
    await store.put(id, files);
    expect(await contentOf(await store.find(id, small))).toEqual([1, 2, 3]);
    expect((await store.find(id, large))?.byteLength).toBe(4);
    expect(await store.find(id, sizeName(640))).toBeNull();
    expect(await store.find(newId(), small)).toBeNull();
  });

  it("[ME12] a write that fails half-way leaves nothing behind", async () => {
    const id = newId();
    const broken = {
      name: large,
      get bytes(): Uint8Array {
        throw new Error("no space left on device");
      },
    };
    await expect(store.put(id, [files[0] ?? broken, broken])).rejects.toMatchObject({ code: "unavailable" });
    expect(await filesBelow(folder)).toEqual([]);
    expect(await store.find(id, small)).toBeNull();
  });

  it("[ME12] a file written again takes the place of the one that was there, and of no other", async () => {
    const id = newId();
    await store.put(id, files);
    await store.put(id, [{ name: small, bytes: Uint8Array.from([9]) }]);
    expect(await contentOf(await store.find(id, small))).toEqual([9]);
    expect(await contentOf(await store.find(id, large))).toEqual([4, 5, 6, 7]);
    expect(await filesBelow(folder)).toHaveLength(2);
  });

  it("[ME12] deleting removes every file, and deleting nothing is no error", async () => {
    const id = newId();
    await store.put(id, files);
    await store.delete(id);
    await store.delete(id);
    expect(await filesBelow(folder)).toEqual([]);
  });

  it.each([
    "../../etc/passwd",
    "..",
    "",
    "a/b",
    "/etc/passwd",
    "0190f5fe-0000-7000-8000-00000000000g",
    `${randomUUID()}/..`,
    `${randomUUID()}\0`,
  ])("[ME13] refuses the id %j", async (hostile) => {
    // What a caller that did not check would pass.
    const id = { shopId, assetId: hostile as AssetId };
    await expect(store.put(id, files)).rejects.toMatchObject({ code: expect.any(String) });
    await expect(store.find(id, small)).rejects.toMatchObject({ code: "bad_request" });
    expect(await filesBelow(folder)).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("[ME13] refuses the size %d", (longest) => {
    expect(() => sizeName(longest)).toThrow("no size");
  });

  it("[ME15] clears what a crash left an hour ago, and nothing that is being written", async () => {
    const writing = join(folder, "writing");
    for (const name of ["old", "young"]) {
      await mkdir(join(writing, name));
      await writeFile(join(writing, name, "160.webp"), "half");
    }
    const longAgo = new Date(Date.now() - 7_200_000);
    await utimes(join(writing, "old"), longAgo, longAgo);
    await createDiskStore(folder);
    expect(await readdir(writing)).toEqual(["young"]);
    expect(await readFile(join(writing, "young", "160.webp"), "utf8")).toBe("half");
  });

  it.skipIf(process.getuid?.() === 0)("[ME12] a folder that cannot be written fails the check", async () => {
    await store.check();
    await chmod(join(folder, "writing"), 0o500);
    await expect(store.check()).rejects.toMatchObject({ code: "unavailable" });
    await chmod(join(folder, "writing"), 0o700);
  });

  it("[ME12] a folder that is gone fails the check", async () => {
    await store.check();
    await rm(folder, { recursive: true });
    await expect(store.check()).rejects.toMatchObject({ code: "unavailable" });
  });
});
