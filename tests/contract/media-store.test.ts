/** One suite for every adapter of the picture store: on disk, and in a real S3 bucket. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskStore } from "@/lib/media/disk-store";
import { type FileName, readFileName, sizeName, TILES_NAME, videoName } from "@/lib/media/file-name";
import { createS3Store, type S3Settings } from "@/lib/media/s3-store";
import type { MediaStore, StoredFile } from "@/lib/media/store";
import { type AssetId, assetIdSchema } from "@/lib/protocol/ids";
import { type S3Server, startS3 } from "@/tests/support/s3";
import { openTcpProxy } from "@/tests/support/tcp-proxy";

let folder: string;
let s3: S3Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vetrina-store-"));
  s3 = await startS3();
}, 180_000);
afterAll(async () => {
  await s3?.stop();
  await rm(folder, { recursive: true, force: true });
});

const newId = () => assetIdSchema.parse(randomUUID());
const [small, large, absent] = [sizeName(160), sizeName(900), sizeName(640)];
const files = [
  { name: small, bytes: Uint8Array.from([1, 2, 3]) },
  { name: large, bytes: new Uint8Array(300_000).fill(7) },
];
const contentOf = async (file: StoredFile | null) =>
  file && new Uint8Array(await new Response(file.open()).arrayBuffer());

const adapters: Record<string, () => Promise<MediaStore>> = {
  disk: () => createDiskStore(folder),
  S3: async () => createS3Store(s3.settings),
  "S3, under a prefix": async () => createS3Store({ ...s3.settings, prefix: "shops/vetrina" }),
};

describe.each(Object.keys(adapters))("pictures on %s", (name) => {
  let store: MediaStore;
  beforeAll(async () => {
    const open = adapters[name];
    if (open === undefined) throw new Error("unreachable: the names are the adapters'");
    store = await open();
  });

  it("[ME12] every size of an asset is kept and given back, byte for byte", async () => {
    const id = newId();
    await store.put(id, files);
    for (const { name, bytes } of files) {
      const found = await store.find(id, name);
      expect(found?.byteLength).toBe(bytes.length);
      expect(Buffer.compare((await contentOf(found)) ?? new Uint8Array(), bytes)).toBe(0);
    }
    expect(await store.find(id, absent)).toBeNull();
    expect(await store.find(newId(), small)).toBeNull();
  });

  it("[ME22] many read and write at once", async () => {
    const ids = Array.from({ length: 12 }, newId);
    await Promise.all(ids.map((id) => store.put(id, files)));
    const read = await Promise.all(ids.map(async (id) => contentOf(await store.find(id, large))));
    expect(read.map((bytes) => bytes?.length)).toEqual(ids.map(() => 300_000));
  });

  it("[ME22] what is deleted is gone, with all its sizes and nothing else", async () => {
    const [gone, kept] = [newId(), newId()];
    await store.put(gone, files);
    await store.put(kept, files);
    await store.delete(gone);
    await store.delete(gone);
    for (const { name } of files) expect(await store.find(gone, name)).toBeNull();
    expect((await store.find(kept, large))?.byteLength).toBe(300_000);
  });

  it("[ME24] what is kept can be listed, with its names", async () => {
    const ids = Array.from({ length: 5 }, newId);
    const before = Date.now();
    await Promise.all(ids.map((id) => store.put(id, files)));
    const listed = new Map<string, { names: readonly FileName[]; storedAt: number }>();
    for await (const { assetId, ...rest } of store.list()) listed.set(assetId, rest);
    for (const id of ids) {
      expect([...(listed.get(id)?.names ?? [])].sort()).toEqual([small, large].sort());
      // A bucket's clock counts in seconds.
      expect(listed.get(id)?.storedAt).toBeGreaterThan(before - 2_000);
    }
  });

  it("[ME12] files are added to an asset that is there, one larger than a part of S3's among them", async () => {
    const id = newId();
    await store.put(id, files);
    const path = join(folder, `${id}.tmp`);
    const content = randomBytes(18_000_003);
    await writeFile(path, content);
    await store.put(id, [
      { name: TILES_NAME, path },
      { name: videoName("video/mp4"), bytes: Uint8Array.from([9]) },
    ]);
    const found = await store.find(id, TILES_NAME);
    expect(Buffer.compare((await contentOf(found)) ?? new Uint8Array(), content)).toBe(0);
    expect(await contentOf(await store.find(id, small))).toEqual(Uint8Array.from([1, 2, 3]));
    await store.delete(id);
    expect(await store.find(id, TILES_NAME)).toBeNull();
  });

  it("[ME52] a part of a file is read, and no more", async () => {
    const id = newId();
    const bytes = randomBytes(100_000);
    await store.put(id, [{ name: large, bytes }]);
    const found = await store.find(id, large);
    const part = found?.open({ start: 70_001, end: 70_010 });
    expect(Buffer.from(await new Response(part).arrayBuffer())).toEqual(bytes.subarray(70_001, 70_011));
  });

  it("[ME13] no other id, and no other size, names a file", async () => {
    const hostile = ["../../etc/passwd", "", "a/b", "%2e%2e"] as unknown as AssetId[];
    for (const id of hostile) {
      await expect(store.put(id, files)).rejects.toMatchObject({ code: "bad_request" });
    }
    expect(() => sizeName(1.5)).toThrow();
    for (const name of ["../640.webp", "0640.webp", "640.webp/..", "video.exe", ""]) {
      expect(readFileName(name)).toBeNull();
    }
    await store.check();
  });
});

it("[ME53] a bucket gives out a file by an address that it signed, for that file and for a while", async () => {
  const store = createS3Store({ ...s3.settings, direct: true });
  const id = newId();
  await store.put(id, [{ name: videoName("video/mp4"), bytes: new Uint8Array(5_000).fill(4) }]);
  const address = new URL((await store.address(id, videoName("video/mp4"), 60)) ?? "");
  expect(store.directOrigin).toBe(address.origin);
  const whole = await fetch(address);
  expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "video/mp4"]);
  expect((await whole.arrayBuffer()).byteLength).toBe(5_000);
  const part = await fetch(address, { headers: { range: "bytes=10-19" } });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
  address.searchParams.set("X-Amz-Expires", "600");
  expect((await fetch(address)).status).toBe(403);
  const inHost = createS3Store({ ...s3.settings, direct: true, forcePathStyle: false, endpoint: null });
  const signed = await inHost.address(id, videoName("video/mp4"), 60);
  expect(new URL(signed ?? "").origin).toBe(inHost.directOrigin);
  expect(createS3Store(s3.settings).directOrigin).toBeNull();
  expect(await createS3Store(s3.settings).address(id, videoName("video/mp4"), 60)).toBeNull();
});

describe("an S3 that does not do as it should", () => {
  const through = (port: number, changes: Partial<S3Settings> = {}) =>
    createS3Store({ ...s3.settings, endpoint: `http://127.0.0.1:${port}`, ...changes });

  it("[ME23] wrong keys and a missing bucket are refused with S3's word, before anything is served", async () => {
    const credentials = { accessKeyId: s3.settings.credentials?.accessKeyId ?? "", secretAccessKey: "wrong" };
    const locked = createS3Store({ ...s3.settings, credentials });
    await expect(locked.probe()).rejects.toThrow("SignatureDoesNotMatch");
    const elsewhere = createS3Store({ ...s3.settings, bucket: "no-such-bucket" });
    await expect(elsewhere.probe()).rejects.toThrow("NoSuchBucket");
    await expect(elsewhere.check()).rejects.toMatchObject({ code: "unavailable" });
    await createS3Store(s3.settings).probe();
  });

  it("[ME12, ME23] one that goes away is unavailable, keeps no half of an asset, and works when it is back", async () => {
    const line = await openTcpProxy(s3.port);
    const store = through(line.port);
    const id = newId();
    await store.put(id, files);
    line.cut();
    const lost = newId();
    await expect(store.put(lost, files)).rejects.toMatchObject({ code: "unavailable" });
    await expect(store.find(id, large)).rejects.toMatchObject({ code: "unavailable" });
    await expect(store.check()).rejects.toMatchObject({ code: "unavailable" });
    line.heal();
    expect((await store.find(id, large))?.byteLength).toBe(300_000);
    expect(await store.find(lost, small)).toBeNull();
    await line.close();
  });

  it("[ME23] a picture that stops half-way is an error for its reader, not a short picture", async () => {
    const line = await openTcpProxy(s3.port);
    const store = through(line.port);
    const id = newId();
    await store.put(id, files);
    const found = await store.find(id, large);
    line.cut();
    await expect(contentOf(found)).rejects.toThrow();
    await line.close();
  });
});
