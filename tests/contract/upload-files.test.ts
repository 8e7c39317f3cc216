/** One suite for every place where uploads wait: on disk, and in a real S3 bucket. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { createReceiver, type Receiver } from "@/lib/media/uploads/receiver";
import { createS3UploadFiles } from "@/lib/media/uploads/s3-upload-files";
import { type UploadFiles, uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { UPLOAD_PART_BYTES } from "@/lib/protocol/limits";
import { type S3Server, startS3 } from "@/tests/support/s3";
import { openTcpProxy } from "@/tests/support/tcp-proxy";

let folder: string;
let s3: S3Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vetrina-uploads-"));
  s3 = await startS3();
}, 180_000);
afterAll(async () => {
  await s3?.stop();
  await rm(folder, { recursive: true, force: true });
});

const adapters: Record<string, () => Promise<UploadFiles>> = {
  disk: () => createDiskUploadFiles(join(folder, "disk")),
  "S3, under a prefix": async () => createS3UploadFiles({ ...s3.settings, prefix: "shops/vetrina" }),
};

const finished: string[] = [];
function openReceiver(files: UploadFiles): Receiver {
  uploadFilesSlot.provide(files);
  return createReceiver(async (id) => void finished.push(id));
}

const address = "http://127.0.0.1/uploads";
const request = (method: string, headers: Record<string, string>, body?: Uint8Array) =>
  new Request(address, {
    method,
    headers: { "tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream", ...headers },
    ...(body ? { body: Uint8Array.from(body) } : {}),
  });
const begin = (receiver: Receiver, id: string, size: number, body?: Uint8Array) =>
  receiver.receive(request("POST", { "upload-length": String(size) }, body), id);
const goOn = (receiver: Receiver, id: string, from: number, body: Uint8Array) =>
  receiver.receive(request("PATCH", { "upload-offset": String(from) }, body), id);
const received = async (receiver: Receiver, id: string) =>
  Number((await receiver.receive(request("HEAD", {}), id)).headers.get("upload-offset"));

async function contentOf(files: UploadFiles, id: string): Promise<Buffer> {
  const { path, close } = await files.open(id);
  try {
    return await readFile(path);
  } finally {
    await close();
  }
}

describe.each(Object.keys(adapters))("uploads that wait on %s", (name) => {
  let files: UploadFiles;
  const open = async () => {
    const adapter = adapters[name];
    if (adapter === undefined) throw new Error("unreachable: the names are the adapters'");
    return adapter();
  };
  beforeAll(async () => {
    files = await open();
  });

  it("[ME58] a file in parts is whole when its last part is there, byte for byte", async () => {
    const receiver = openReceiver(files);
    const id = randomUUID();
    const bytes = randomBytes(2 * UPLOAD_PART_BYTES + 1_234);
    expect((await begin(receiver, id, bytes.length, bytes.subarray(0, UPLOAD_PART_BYTES))).status).toBe(201);
    for (let at = UPLOAD_PART_BYTES; at < bytes.length; at += UPLOAD_PART_BYTES) {
      expect(await received(receiver, id)).toBe(at);
      expect(finished).not.toContain(id);
      await goOn(receiver, id, at, bytes.subarray(at, at + UPLOAD_PART_BYTES));
    }
    expect(finished).toContain(id);
    expect(Buffer.compare(await contentOf(files, id), bytes)).toBe(0);
  });

  it("[ME58] odd parts, one of them by another process, make the same file", async () => {
    const id = randomUUID();
    const bytes = randomBytes(UPLOAD_PART_BYTES + 300_000);
    const [a, b] = [70_001, UPLOAD_PART_BYTES - 5];
    await begin(openReceiver(files), id, bytes.length, bytes.subarray(0, a));
    const other = openReceiver(await open());
    expect(await received(other, id)).toBe(a);
    await goOn(other, id, a, bytes.subarray(a, b));
    await expect(goOn(other, id, a, bytes.subarray(a, b))).rejects.toMatchObject({ code: "conflict" });
    const third = openReceiver(await open());
    await goOn(third, id, b, bytes.subarray(b));
    expect(Buffer.compare(await contentOf(files, id), bytes)).toBe(0);
  });

  it("[ME55] what is deleted is gone, finished or not, and nothing else is", async () => {
    const receiver = openReceiver(files);
    const [half, whole, kept] = [randomUUID(), randomUUID(), randomUUID()];
    await begin(receiver, half, 900_000, randomBytes(400_000));
    await begin(receiver, whole, 5_000, randomBytes(5_000));
    await begin(receiver, kept, 5_000, randomBytes(5_000));
    for (const id of [half, whole]) {
      await files.delete(id);
      await files.delete(id);
      await expect(received(receiver, id)).rejects.toMatchObject({ code: "not_found" });
      await expect(files.open(id)).rejects.toMatchObject({ code: "unavailable" });
    }
    expect((await contentOf(files, kept)).byteLength).toBe(5_000);
  });

  it("[ME57] a sweep leaves what is still being sent", async () => {
    const receiver = openReceiver(files);
    const id = randomUUID();
    await begin(receiver, id, 900_000, randomBytes(400_000));
    await files.sweep();
    expect(await received(receiver, id)).toBe(400_000);
  });
});

it("[ME86] what waits in a bucket is asked to be encrypted, too", async () => {
  const receiver = openReceiver(createS3UploadFiles({ ...s3.settings, encryption: "AES256" }));
  // This server cannot, and says so: it was asked.
  await expect(begin(receiver, randomUUID(), 2_000, new Uint8Array(2_000).fill(1))).rejects.toThrow(
    "Server-side encryption is not supported.",
  );
});

it("[ME59] a bucket that goes away is unavailable, and the upload goes on when it is back", async () => {
  const line = await openTcpProxy(s3.port);
  const files = createS3UploadFiles({ ...s3.settings, endpoint: `http://127.0.0.1:${line.port}` });
  const receiver = openReceiver(files);
  const id = randomUUID();
  const bytes = randomBytes(600_000);
  await begin(receiver, id, bytes.length, bytes.subarray(0, 200_000));
  line.cut();
  await expect(goOn(receiver, id, 200_000, bytes.subarray(200_000))).rejects.toMatchObject({
    code: "unavailable",
  });
  line.heal();
  const from = await received(receiver, id);
  await goOn(receiver, id, from, bytes.subarray(from));
  expect(Buffer.compare(await contentOf(files, id), bytes)).toBe(0);
  await line.close();
}, 60_000);
