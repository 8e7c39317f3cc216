/** One suite for every adapter of the picture store: on disk, and in a real S3 bucket. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskStore } from "@/lib/media/disk-store";
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
const files = [
  { longest: 160, bytes: Uint8Array.from([1, 2, 3]) },
  { longest: 900, bytes: new Uint8Array(300_000).fill(7) },
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
    for (const { longest, bytes } of files) {
      const found = await store.find(id, longest);
      expect(found?.byteLength).toBe(bytes.length);
      expect(Buffer.compare((await contentOf(found)) ?? new Uint8Array(), bytes)).toBe(0);
    }
    expect(await store.find(id, 640)).toBeNull();
    expect(await store.find(newId(), 160)).toBeNull();
  });

  it("[ME22] many read and write at once", async () => {
    const ids = Array.from({ length: 12 }, newId);
    await Promise.all(ids.map((id) => store.put(id, files)));
    const read = await Promise.all(ids.map(async (id) => contentOf(await store.find(id, 900))));
    expect(read.map((bytes) => bytes?.length)).toEqual(ids.map(() => 300_000));
  });

  it("[ME22] what is deleted is gone, with all its sizes and nothing else", async () => {
    const [gone, kept] = [newId(), newId()];
    await store.put(gone, files);
    await store.put(kept, files);
    await store.delete(gone);
    await store.delete(gone);
    for (const { longest } of files) expect(await store.find(gone, longest)).toBeNull();
    expect((await store.find(kept, 900))?.byteLength).toBe(300_000);
  });

  it("[ME24] what is kept can be listed, with its sizes", async () => {
    const ids = Array.from({ length: 5 }, newId);
    const before = Date.now();
    await Promise.all(ids.map((id) => store.put(id, files)));
    const listed = new Map<string, { sizes: readonly number[]; storedAt: number }>();
    for await (const { assetId, ...rest } of store.list()) listed.set(assetId, rest);
    for (const id of ids) {
      expect([...(listed.get(id)?.sizes ?? [])].sort((a, b) => a - b)).toEqual([160, 900]);
      // A bucket's clock counts in seconds.
      expect(listed.get(id)?.storedAt).toBeGreaterThan(before - 2_000);
    }
  });

  it("[ME13] no other id, and no other size, names a file", async () => {
    const hostile = ["../../etc/passwd", "", "a/b", "%2e%2e"] as unknown as AssetId[];
    for (const id of hostile) {
      await expect(store.put(id, files)).rejects.toMatchObject({ code: "bad_request" });
    }
    await expect(store.put(newId(), [{ longest: 1.5, bytes: new Uint8Array(1) }])).rejects.toThrow();
    await store.check();
  });
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
    await expect(store.find(id, 900)).rejects.toMatchObject({ code: "unavailable" });
    await expect(store.check()).rejects.toMatchObject({ code: "unavailable" });
    line.heal();
    expect((await store.find(id, 900))?.byteLength).toBe(300_000);
    expect(await store.find(lost, 160)).toBeNull();
    await line.close();
  });

  it("[ME23] a picture that stops half-way is an error for its reader, not a short picture", async () => {
    const line = await openTcpProxy(s3.port);
    const store = through(line.port);
    const id = newId();
    await store.put(id, files);
    const found = await store.find(id, 900);
    line.cut();
    await expect(contentOf(found)).rejects.toThrow();
    await line.close();
  });
});
