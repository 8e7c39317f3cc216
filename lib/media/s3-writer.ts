/** Writes objects into a bucket: small ones in one request, large ones in parts. Every byte is covered by a checksum. */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { typeOf } from "./file-name";
import type { S3Settings } from "./s3-store";
import type { NewFile } from "./store";

/** Bytes of a part, and from which on there are parts: S3 asks for 5 MiB at least, and takes 10,000 parts. */
const PART_BYTES = 8_388_608;

type Write = (Key: string, file: NewFile) => Promise<void>;

export function createS3Writer(client: S3Client, { bucket: Bucket }: Pick<S3Settings, "bucket">): Write {
  async function putWhole(Key: string, ContentType: string, bytes: Uint8Array): Promise<void> {
    await client.send(
      new PutObjectCommand({
        ...{ Bucket, Key, ContentType },
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentMD5: md5(bytes),
      }),
    );
  }

  async function putParts(Key: string, ContentType: string, file: FileHandle, size: number): Promise<void> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }));
    try {
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for (let at = 0; at < size; at += PART_BYTES) {
        const bytes = await readPart(file, at, Math.min(PART_BYTES, size - at));
        const PartNumber = Parts.length + 1;
        const part = { Bucket, Key, UploadId, PartNumber, Body: bytes, ContentLength: bytes.byteLength };
        const { ETag } = await client.send(new UploadPartCommand({ ...part, ContentMD5: md5(bytes) }));
        Parts.push({ PartNumber, ETag });
      }
      await client.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
      );
    } catch (error) {
      // Parts that nobody puts together are kept, and paid for, until somebody says so.
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined);
      throw error;
    }
  }

  return async (Key, file) => {
    const type = typeOf(file.name);
    if ("bytes" in file) return putWhole(Key, type, file.bytes);
    const opened = await open(file.path);
    try {
      const { size } = await opened.stat();
      if (size <= PART_BYTES) await putWhole(Key, type, await readPart(opened, 0, size));
      else await putParts(Key, type, opened, size);
    } finally {
      await opened.close();
    }
  };
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  const { bytesRead } = await file.read({ buffer, position });
  if (bytesRead !== length) throw new Error("the file became shorter while it was read");
  return buffer;
}

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("base64");
