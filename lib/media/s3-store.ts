/**
 * Assets' files in an S3 bucket, by @aws-sdk/client-s3: for several processes, or when files outgrow a disk. Any
 * S3-compatible endpoint will do; nothing beyond put, multipart, head, get, list and delete is asked of it.
 */
import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, assetIdSchema } from "@/lib/protocol/ids";
import { type FileName, readFileName, sizeName, typeOf } from "./file-name";
import { s3ClientConfig } from "./s3-client-config";
import { createS3Writer } from "./s3-writer";
import type { ByteRange, MediaStore, NewFile, StoredAssetFiles } from "./store";

export interface S3Settings {
  readonly bucket: string;
  /** Null: AWS itself. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Before every key, without a slash at its end; empty for none. */
  readonly prefix: string;
  /** Null: wherever the SDK looks for them (instance role, environment, profile). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** The bucket stands in the path, not in the host's name. */
  readonly forcePathStyle: boolean;
  /** Null: as the bucket has it. */
  readonly encryption: "AES256" | "aws:kms" | null;
  /** Browsers may fetch videos from the bucket itself, by addresses that it signs. */
  readonly direct: boolean;
  /** Milliseconds without a byte, after which an attempt is given up; ours by default. */
  readonly silentForMs?: number;
}

export interface S3Store extends MediaStore {
  /** Writes, reads and deletes a probe. @throws AppError unavailable with S3's own word for what is wrong */
  probe(): Promise<void>;
  close(): void;
}

export function createS3Store(settings: S3Settings): S3Store {
  const { bucket: Bucket, prefix } = settings;
  const client = new S3Client(s3ClientConfig(settings));
  const write = createS3Writer(client, settings);
  const keyOf = (assetId: AssetId, name: FileName | "") =>
    `${prefix === "" ? "" : `${prefix}/`}${checked(assetId)}/${name}`;

  /** A bucket answers with a thousand keys at most, in their order: an asset's files stand together. */
  async function* keys(Prefix: string) {
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
      yield* page.Contents ?? [];
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async function* listBucket(): AsyncGenerator<StoredAssetFiles> {
    const start = prefix === "" ? "" : `${prefix}/`;
    // One at most: the asset whose files are being read.
    let reading: StoredAssetFiles[] = [];
    for await (const { Key = "", LastModified } of keys(start)) {
      const [id = "", file = "", ...more] = Key.slice(start.length).split("/");
      const assetId = assetIdSchema.safeParse(id);
      const name = readFileName(file);
      if (!assetId.success || name === null || more.length > 0) continue;
      const storedAt = LastModified?.getTime() ?? Date.now();
      const known = reading.find((files) => files.assetId === assetId.data);
      if (known === undefined) yield* reading;
      reading = [
        {
          assetId: assetId.data,
          names: [...(known?.names ?? []), name],
          storedAt: Math.max(known?.storedAt ?? 0, storedAt),
        },
      ];
    }
    yield* reading;
  }

  const remove = async (assetId: AssetId) => {
    for await (const { Key } of keys(keyOf(assetId, ""))) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    }
  };

  return {
    async put(assetId, files) {
      const named = files.map((file): [string, NewFile] => [keyOf(assetId, file.name), file]);
      // Nobody is told of the files before all of them are there; what a failure leaves is taken back.
      const written = await Promise.allSettled(named.map(([key, file]) => write(key, file)));
      const failed = written.find((each) => each.status === "rejected");
      if (failed === undefined) return;
      for (const [Key] of named) {
        await client.send(new DeleteObjectCommand({ Bucket, Key })).catch(() => undefined);
      }
      throw unavailable("the files could not be stored", failed.reason);
    },

    async find(assetId, name) {
      const Key = keyOf(assetId, name);
      try {
        const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket, Key }));
        return { byteLength: ContentLength, open: (range) => contentOf(client, { Bucket, Key }, range) };
      } catch (error) {
        if (error instanceof NotFound || error instanceof NoSuchKey) return null;
        throw unavailable("the picture store does not answer", error);
      }
    },

    directOrigin: settings.direct ? originOf(settings) : null,

    async address(assetId, name, seconds) {
      if (!settings.direct) return null;
      const command = new GetObjectCommand({
        Bucket,
        Key: keyOf(assetId, name),
        ResponseContentType: typeOf(name),
        ResponseCacheControl: `private, max-age=${seconds}, immutable`,
      });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },

    async delete(assetId) {
      try {
        await remove(assetId);
      } catch (error) {
        throw unavailable("the picture could not be deleted", error);
      }
    },

    async *list() {
      try {
        yield* listBucket();
      } catch (error) {
        throw unavailable("the picture store does not answer", error);
      }
    },

    async check() {
      try {
        await client.send(new HeadBucketCommand({ Bucket }));
      } catch (error) {
        throw unavailable("the picture store does not answer", error);
      }
    },

    async probe() {
      const id = assetIdSchema.parse(randomUUID());
      try {
        const name = sizeName(1);
        await write(keyOf(id, name), { name, bytes: new Uint8Array(1) });
        await client.send(new HeadObjectCommand({ Bucket, Key: keyOf(id, name) }));
        await remove(id);
      } catch (error) {
        throw unavailable(wordOf(error), error);
      }
    },

    close: () => client.destroy(),
  };
}

/** As the SDK makes addresses: the bucket in the path, or before the host's name. */
function originOf({ endpoint, bucket, region, forcePathStyle }: S3Settings): string {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  return forcePathStyle ? url.origin : `${url.protocol}//${bucket}.${url.host}`;
}

/** Asks for the content once somebody reads. */
function contentOf(
  client: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
  range?: ByteRange,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const Range = range && `bytes=${range.start}-${range.end}`;
  const fetch = async () => {
    const { Body } = await client.send(new GetObjectCommand({ ...object, Range }));
    if (Body === undefined) throw new Error("no content");
    await Body.transformToWebStream().pipeTo(writable);
  };
  // The reader sees it as an error of the stream: a picture cut off is one that the browser asks for again.
  fetch().catch((error: unknown) => writable.abort(error).catch(() => undefined));
  return readable;
}

function checked(assetId: AssetId): string {
  if (!assetIdSchema.safeParse(assetId).success) throw new AppError("bad_request", "no asset id");
  return assetId;
}

const unavailable = (message: string, cause: unknown) => new AppError("unavailable", message, { cause });

/** S3 names its errors (AccessDenied, NoSuchBucket ...); a line that fails has a code. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return `${code}: ${error.message}`;
}
