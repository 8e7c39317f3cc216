/** One suite for every adapter of the picture store: on disk, and in a real S3 bucket. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskStore } from "@/lib/media/disk-store";
import { type FileName, readFileName, sizeName, TILES_NAME, videoName } from "@/lib/media/file-name";
import { s3ClientConfig } from "@/lib/media/s3-client-config";
import { createS3Store, type S3Settings } from "@/lib/media/s3-store";
import type { MediaStore, StoredFile } from "@/lib/media/store";
import { type AssetId, assetIdSchema, type ShopId, shopIdSchema } from "@/lib/protocol/ids";
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

const newShop = () => shopIdSchema.parse(randomUUID());
const shopId = newShop();
const newId = () => ({ shopId, assetId: assetIdSchema.parse(randomUUID()) });
const [small, large, absent] = [sizeName(160), sizeName(900), sizeName(640)];
const files = [
  { name: small, bytes: Uint8Array.from([1, 2, 3]) },
  { name: large, bytes: new Uint8Array(300_000).fill(7) },
];
const contentOf = async (file: StoredFile | null) =>
  file && new Uint8Array(await new Response(file.open()).arrayBuffer());

interface Adapter {
  open(): Promise<MediaStore>;
  /** Keeps a file as it was done before files lay by shop. */
  putAsBefore(assetId: AssetId, name: FileName, bytes: Uint8Array): Promise<void>;
  /** Everything below a shop's own place, as whoever runs the disk or bucket sees it. */
  below(shop: ShopId): Promise<string[]>;
}

const inBucket = (prefix: string): Adapter => {
  const { bucket: Bucket } = s3.settings;
  const start = prefix === "" ? "" : `${prefix}/`;
  const send = async <Answer>(ask: (client: S3Client) => Promise<Answer>) => {
    const client = new S3Client(s3ClientConfig(s3.settings));
    try {
      return await ask(client);
    } finally {
      client.destroy();
    }
  };
  return {
    open: async () => createS3Store({ ...s3.settings, prefix }),
    putAsBefore: (assetId, name, Body) =>
      send(async (client) => {
        await client.send(new PutObjectCommand({ Bucket, Key: `${start}${assetId}/${name}`, Body }));
      }),
    below: (shop) =>
      send(async (client) => {
        const Prefix = `${start}shops/${shop}/`;
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
        return Contents.map(({ Key = "" }) => Key);
      }),
  };
};

const adapters: Record<string, () => Adapter> = {
  disk: () => ({
    open: () => createDiskStore(folder),
    async putAsBefore(assetId, name, bytes) {
      const path = join(folder, assetId.slice(-2), assetId.slice(-4, -2), assetId);
      await mkdir(path, { recursive: true });
      await writeFile(join(path, name), bytes);
    },
    async below(shop) {
      const path = join(folder, "shops", shop);
      const all = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
      return all.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    },
  }),
  S3: () => inBucket(""),
  "S3, under a prefix": () => inBucket("shops/vetrina"),
};

describe.each(Object.keys(adapters))("pictures on %s", (name) => {
  let adapter: Adapter;
  let store: MediaStore;
  beforeAll(async () => {
    const make = adapters[name];
    if (make === undefined) throw new Error("unreachable: the names are the adapters'");
    adapter = make();
    store = await adapter.open();
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
      expect([...(listed.get(id.assetId)?.names ?? [])].sort()).toEqual([small, large].sort());
      // A bucket's clock counts in seconds.
      expect(listed.get(id.assetId)?.storedAt).toBeGreaterThan(before - 2_000);
    }
  });

  it("[ME12] files are added to an asset that is there, one larger than a part of S3's among them", async () => {
    const id = newId();
    await store.put(id, files);
    const path = join(folder, `${id.assetId}.tmp`);
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

  it("[ME80] what one shop keeps lies by itself, and is found and deleted for no other", async () => {
    const [place, other] = [{ ...newId(), shopId: newShop() }, newShop()];
    await store.put(place, files);
    const kept = await adapter.below(place.shopId);
    expect(kept).toHaveLength(files.length);
    for (const key of kept) expect(key).toContain(place.assetId);
    expect(await adapter.below(other)).toEqual([]);
    expect(await store.find({ ...place, shopId: other }, small)).toBeNull();
    await store.delete({ ...place, shopId: other });
    await store.delete({ ...place, shopId: null });
    expect(await adapter.below(place.shopId)).toHaveLength(files.length);
    await store.delete(place);
    expect(await adapter.below(place.shopId)).toEqual([]);
  });

  it("[ME80] what was kept before files lay by shop is found, added to, listed and deleted", async () => {
    const place = { ...newId(), shopId: newShop() };
    const before = Uint8Array.from([5, 6]);
    await adapter.putAsBefore(place.assetId, small, before);
    expect(await contentOf(await store.find(place, small))).toEqual(before);
    await store.put(place, [{ name: large, bytes: Uint8Array.from([7]) }]);
    expect(await contentOf(await store.find(place, small))).toEqual(before);
    expect(await contentOf(await store.find(place, large))).toEqual(Uint8Array.from([7]));
    const listed: unknown[] = [];
    for await (const { assetId, shopId, names } of store.list()) {
      if (assetId === place.assetId) listed.push({ shopId, names });
    }
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual({ shopId: null, names: [small] });
    expect(listed).toContainEqual({ shopId: place.shopId, names: [large] });
    await store.delete(place);
    for (const gone of [small, large]) expect(await store.find(place, gone)).toBeNull();
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
    for (const text of ["../../etc/passwd", "", "a/b", "%2e%2e"]) {
      // What a caller that did not check would pass.
      for (const place of [
        { shopId, assetId: text as AssetId },
        { ...newId(), shopId: text as ShopId },
      ]) {
        await expect(store.put(place, files)).rejects.toMatchObject({ code: "bad_request" });
        await expect(store.find(place, small)).rejects.toMatchObject({ code: "bad_request" });
      }
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
  expect(inHost.directOrigin).toMatch(new RegExp(`^https://${s3.settings.bucket}\\.s3\\.`));
  // What lies as it did before files lay by shop has no such address: it is handed over by us.
  expect(await store.address({ shopId, assetId: newId().assetId }, videoName("video/mp4"), 60)).toBeNull();
  expect(createS3Store(s3.settings).directOrigin).toBeNull();
  expect(await createS3Store(s3.settings).address(id, videoName("video/mp4"), 60)).toBeNull();
});

it("[ME86] every object is asked to be encrypted where that is set, large ones too", async () => {
  const store = createS3Store({ ...s3.settings, encryption: "AES256" });
  const path = join(folder, "large");
  await writeFile(path, new Uint8Array(9_000_000).fill(7));
  // This server cannot, and says so: it was asked.
  const refused = { cause: { message: "Server-side encryption is not supported." } };
  await expect(store.put(newId(), files)).rejects.toMatchObject(refused);
  await expect(store.put(newId(), [{ name: videoName("video/mp4"), path }])).rejects.toMatchObject(refused);
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
