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
import { assetIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { type FileName, readFileName, sizeName, typeOf } from "./file-name";
import { s3ClientConfig, sealWith } from "./s3-client-config";
import { createS3Writer } from "./s3-writer";
import type { AnyPlace, ByteRange, MediaStore, NewFile, StoredAssetFiles } from "./store";

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
  sealWith(client, settings.encryption);
  const write = createS3Writer(client, settings);
  const start = prefix === "" ? "" : `${prefix}/`;
  const keyOf = (place: AnyPlace, name: FileName | "") => `${start}${folderOf(place)}/${name}`;
  /** Where it may lie: by shop, and as it was before. */
  const placesOf = (place: AnyPlace) =>
    place.shopId === null ? [place] : [place, { ...place, shopId: null }];

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
    // One at most: the asset whose files are being read.
    let reading: StoredAssetFiles[] = [];
    for await (const { Key = "", LastModified } of keys(start)) {
      const key = readKey(Key.slice(start.length));
      if (key === null) continue;
      const { shopId, assetId, name } = key;
      const storedAt = LastModified?.getTime() ?? Date.now();
      const known = reading.find((files) => files.assetId === assetId && files.shopId === shopId);
      if (known === undefined) yield* reading;
      reading = [
        {
          ...{ shopId, assetId },
          names: [...(known?.names ?? []), name],
          storedAt: Math.max(known?.storedAt ?? 0, storedAt),
        },
      ];
    }
    yield* reading;
  }

  const remove = async (place: AnyPlace) => {
    for (const each of placesOf(place)) {
      for await (const { Key } of keys(keyOf(each, ""))) {
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
      }
    }
  };

  /** How many bytes stand under a key; null: nothing does. */
  const lengthOf = async (Key: string) => {
    try {
      const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      return ContentLength;
    } catch (error) {
      if (error instanceof NotFound || error instanceof NoSuchKey) return null;
      throw unavailable("the picture store does not answer", error);
    }
  };

  return {
    async put(place, files) {
      const named = files.map((file): [string, NewFile] => [keyOf(place, file.name), file]);
      // Nobody is told of the files before all of them are there; what a failure leaves is taken back.
      const written = await Promise.allSettled(named.map(([key, file]) => write(key, file)));
      const failed = written.find((each) => each.status === "rejected");
      if (failed === undefined) return;
      for (const [Key] of named) {
        await client.send(new DeleteObjectCommand({ Bucket, Key })).catch(() => undefined);
      }
      throw unavailable("the files could not be stored", failed.reason);
    },

    async find(place, name) {
      for (const each of placesOf(place)) {
        const Key = keyOf(each, name);
        const byteLength = await lengthOf(Key);
        if (byteLength === null) continue;
        return { byteLength, open: (range) => contentOf(client, { Bucket, Key }, range) };
      }
      return null;
    },

    directOrigin: settings.direct ? originOf(settings) : null,

    async address(place, name, seconds) {
      if (!settings.direct) return null;
      // A browser cannot look at two places: what lies as it did before, we hand over ourselves.
      if ((await lengthOf(keyOf(place, name))) === null) return null;
      const command = new GetObjectCommand({
        Bucket,
        Key: keyOf(place, name),
        ResponseContentType: typeOf(name),
        ResponseCacheControl: `private, max-age=${seconds}, immutable`,
      });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },

    async delete(place) {
      try {
        await remove(place);
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
      const place = { shopId: null, assetId: assetIdSchema.parse(randomUUID()) };
      try {
        const name = sizeName(1);
        await write(keyOf(place, name), { name, bytes: new Uint8Array(1) });
        await client.send(new HeadObjectCommand({ Bucket, Key: keyOf(place, name) }));
        await remove(place);
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

/** `shops/<shopId>/<assetId>`, so that a bucket's own rules and bills can go by shop. */
function folderOf({ shopId, assetId }: AnyPlace): string {
  if (!assetIdSchema.safeParse(assetId).success) throw new AppError("bad_request", "no asset id");
  if (shopId === null) return assetId;
  if (!shopIdSchema.safeParse(shopId).success) throw new AppError("bad_request", "no shop id");
  return `shops/${shopId}/${assetId}`;
}

/** @param key without the prefix. @returns null when it is none of ours */
function readKey(key: string): (AnyPlace & { readonly name: FileName }) | null {
  const parts = key.split("/");
  const byShop = parts[0] === "shops";
  const [shop = "", id = "", file = "", ...more] = byShop ? parts.slice(1) : ["", ...parts];
  const shopId = byShop ? shopIdSchema.safeParse(shop).data : null;
  const assetId = assetIdSchema.safeParse(id).data;
  const name = readFileName(file);
  return shopId !== undefined && assetId && name && more.length === 0 ? { shopId, assetId, name } : null;
}

const unavailable = (message: string, cause: unknown) => new AppError("unavailable", message, { cause });

/** S3 names its errors (AccessDenied, NoSuchBucket ...); a line that fails has a code. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return `${code}: ${error.message}`;
}
