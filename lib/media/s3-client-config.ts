import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { S3Settings } from "./s3-store";

/** Milliseconds: a store that is further away than this is none. Each attempt, of at most three, gets as much. */
const CONNECT_WITHIN_MS = 3_000;
/** Milliseconds in which nothing passes, either way. */
const SILENT_FOR_MS = 10_000;
/** Milliseconds until an answer begins: a part of 8 MB over a slow line, first. */
const ANSWER_WITHIN_MS = 60_000;
const MAX_ATTEMPTS = 3;

/** How every client of ours speaks to a bucket's server. */
export function s3ClientConfig(settings: S3Settings): S3ClientConfig {
  return {
    region: settings.region,
    forcePathStyle: settings.forcePathStyle,
    maxAttempts: MAX_ATTEMPTS,
    // Newer checksums are not known everywhere; Content-MD5 is, and is checked.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      socketTimeout: settings.silentForMs ?? SILENT_FOR_MS,
      requestTimeout: ANSWER_WITHIN_MS,
      // Otherwise it is only said on the console, and waited for ever.
      throwOnRequestTimeout: true,
    },
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    ...(settings.credentials === null ? {} : { credentials: settings.credentials }),
  };
}

/** Commands that make an object. */
const making: readonly (string | undefined)[] = ["PutObjectCommand", "CreateMultipartUploadCommand"];

/** Whatever this client writes from now on is encrypted by the bucket's server. @param encryption null: as the bucket has it */
export function sealWith(
  { middlewareStack }: Pick<S3Client, "middlewareStack">,
  encryption: S3Settings["encryption"],
): void {
  if (encryption === null) return;
  middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (making.includes(commandName)) Object.assign(args.input, { ServerSideEncryption: encryption });
        return next(args);
      },
    { step: "initialize", name: "sealWith" },
  );
}
