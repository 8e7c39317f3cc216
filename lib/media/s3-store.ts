/**
 * Pictures' files in an S3 bucket, by @aws-sdk/client-s3: for several processes, or when files outgrow a disk. Any
 * S3-compatible endpoint will do; nothing beyond put, head, get, list and delete is asked of it.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, assetIdSchema } from "@/lib/protocol/ids";
import { nameOf, sizeOf } from "./file-name";
import { type MediaStore, STORED_TYPE, type StoredAssetFiles, type StoredFile } from "./store";

/** Milliseconds: a store that is further away than this is none. Each attempt, of at most three, gets as much. */
const CONNECT_WITHIN_MS = 3_000;
const ANSWER_WITHIN_MS = 10_000;
const MAX_ATTEMPTS = 3;

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
}

export interface S3Store extends MediaStore {
  /** Writes, reads and deletes a probe. @throws AppError unavailable with S3's own word for what is wrong */
  probe(): Promise<void>;
  close(): void;
}

export function createS3Store(settings: S3Settings): S3Store {
  const { bucket: Bucket, prefix, encryption } = settings;
  const client = new S3Client({
    region: settings.region,
    forcePathStyle: settings.forcePathStyle,
    maxAttempts: MAX_ATTEMPTS,
    // Newer checksums are not known everywhere; Content-MD5 is, and is checked.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, requestTimeout: ANSWER_WITHIN_MS },
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    ...(settings.credentials === null ? {} : { credentials: settings.credentials }),
  });
  const keyOf = (assetId: AssetId, name: string) =>
    `${prefix === "" ? "" : `${prefix}/`}${checked(assetId)}/${name}`;

  const write = (Key: string, bytes: Uint8Array) =>
    client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentMD5: createHash("md5").update(bytes).digest("base64"),
        ContentType: STORED_TYPE,
        ...(encryption === null ? {} : { ServerSideEncryption: encryption }),
      }),
    );

  /** A bucket answers with a thousand keys at most, in their order: an asset's sizes stand together. */
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
    // One at most: the asset whose sizes are being read.
    let reading: StoredAssetFiles[] = [];
    for await (const { Key = "", LastModified } of keys(start)) {
      const [id = "", name = "", ...more] = Key.slice(start.length).split("/");
      const assetId = assetIdSchema.safeParse(id);
      const size = sizeOf(name);
      if (!assetId.success || size === null || more.length > 0) continue;
      const storedAt = LastModified?.getTime() ?? Date.now();
      const known = reading.find((files) => files.assetId === assetId.data);
      if (known === undefined) yield* reading;
      reading = [
        {
          assetId: assetId.data,
          sizes: [...(known?.sizes ?? []), size],
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
      const named = files.map((file) => [keyOf(assetId, nameOf(file.longest)), file] as const);
      // Nobody is told of the asset before all of it is there; what a failure leaves is taken back.
      const written = await Promise.allSettled(named.map(async ([key, file]) => write(key, file.bytes)));
      const failed = written.find((each) => each.status === "rejected");
      if (failed === undefined) return;
      await remove(assetId).catch(() => undefined);
      throw unavailable("the picture could not be stored", failed.reason);
    },

    async find(assetId, longest) {
      const Key = keyOf(assetId, nameOf(longest));
      try {
        const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket, Key }));
        return { byteLength: ContentLength, open: () => contentOf(client, Bucket, Key) } satisfies StoredFile;
      } catch (error) {
        if (error instanceof NotFound || error instanceof NoSuchKey) return null;
        throw unavailable("the picture store does not answer", error);
      }
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
        await write(keyOf(id, nameOf(1)), new Uint8Array(1));
        await client.send(new HeadObjectCommand({ Bucket, Key: keyOf(id, nameOf(1)) }));
        await remove(id);
      } catch (error) {
        throw unavailable(wordOf(error), error);
      }
    },

    close: () => client.destroy(),
  };
}

/** Asks for the content once somebody reads. */
function contentOf(client: S3Client, Bucket: string, Key: string): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const fetch = async () => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
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
