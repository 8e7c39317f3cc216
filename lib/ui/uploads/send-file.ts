/**
 * Sends one file in parts, by tus: a line that goes away costs no more than the part that was on its way. Then asks how
 * far the server is with reading it, until it is on the panel.
 */
import { AppError, type ErrorCode, errorCodes } from "@/lib/protocol/errors";
import { type UploadProgress, uploadProgressSchema } from "@/lib/protocol/http";
import type { ConversationId, ItemId } from "@/lib/protocol/ids";
import { UPLOAD_PART_BYTES } from "@/lib/protocol/limits";
import { isTooLarge, kindOf } from "./file-kind";

/** `offline`: the line stayed away; `empty`: there is nothing in it; everything else is the server's word. */
export type SendError = ErrorCode | "offline" | "empty";

/** Why a file was not taken; `code` chooses the words. */
export class SendFileError extends Error {
  override readonly name = "SendFileError";
  constructor(readonly code: SendError) {
    super(code);
  }
}

/** How far a file is; shares from 0 to 1. */
export type SendProgress =
  | { readonly phase: "sending"; readonly share: number }
  | { readonly phase: "reading"; readonly share: number };

export interface SendFile {
  readonly conversationId: ConversationId;
  /** Headers that prove who sends; empty where the session cookie does. */
  readonly authorization: () => Record<string, string>;
  readonly file: File;
  /** Of a picture of the customer's page: the page's title. */
  readonly frozenTitle?: string | undefined;
  /** Gives it up, on the server, too. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SendProgress) => void;
}

/** Milliseconds before each further attempt, about four minutes in all: a lift, a tunnel. A success begins again. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000];
/**
 * Of these, so many when the server has no room for a file of which nothing is there yet: that may last, so she is told after
 * a quarter of a minute. What has begun waits as long as for a line, so that it is not sent again.
 */
const RETRIES_WITHOUT_ROOM = 5;
/** Characters of a page's title: it travels in a header. */
const MAX_FROZEN_TITLE_CHARS = 300;
/** Milliseconds between two questions how far the reading is. */
const ASK_EVERY_MS = 500;
/** Questions without an answer, one after the other, after which the line counts as gone: a minute. */
const MAX_UNANSWERED = 120;

/** @returns the items on the panel, in order @throws SendFileError; the signal's reason */
export async function sendFile(options: SendFile): Promise<readonly ItemId[]> {
  const { file, signal, onProgress } = options;
  signal.throwIfAborted();
  if (file.size === 0) throw new SendFileError("empty");
  if (isTooLarge(kindOf(file), file.size)) throw new SendFileError("too_large");
  const address = await sendBytes(options);
  onProgress({ phase: "reading", share: 0 });
  for (let unanswered = 0; unanswered < MAX_UNANSWERED; ) {
    signal.throwIfAborted();
    const progress = await askProgress(address, options.authorization());
    unanswered = progress === null ? unanswered + 1 : 0;
    if (progress?.state === "shown") return progress.itemIds;
    if (progress?.state === "failed") throw new SendFileError(progress.error);
    if (progress?.state === "reading") onProgress({ phase: "reading", share: progress.share });
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new SendFileError("offline");
}

/** @returns the upload's address */
async function sendBytes({
  conversationId,
  authorization,
  file,
  frozenTitle,
  signal,
  onProgress,
}: SendFile): Promise<string> {
  // Loaded with the first file: nobody needs it before.
  const { DetailedError, Upload } = await import("tus-js-client").catch(() => {
    throw new SendFileError("offline");
  });
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `/api/v1/conversations/${conversationId}/uploads`,
      chunkSize: UPLOAD_PART_BYTES,
      uploadDataDuringCreation: true,
      retryDelays: RETRY_DELAYS_MS,
      // A name is nobody's business, and a page that is closed forgets its uploads.
      metadata: frozenTitle === undefined ? {} : { frozen: frozenTitle.slice(0, MAX_FROZEN_TITLE_CHARS) },
      storeFingerprintForResuming: false,
      onBeforeRequest: (request) => {
        for (const [name, value] of Object.entries(authorization())) request.setHeader(name, value);
      },
      onShouldRetry: ({ originalResponse: answer }, attempt) => {
        const status = answer?.getStatus() ?? 0;
        const code = answer ? errorCodeIn(answer.getBody()) : null;
        if (code === "unavailable" && upload.url === null) return attempt < RETRIES_WITHOUT_ROOM;
        // Only lines and servers in trouble may be better the next time; a conflict is one that resuming settles.
        return status === 0 || status >= 500 || code === "conflict";
      },
      onProgress: (sent, total) => onProgress({ phase: "sending", share: total > 0 ? sent / total : 0 }),
      onSuccess: () => (upload.url === null ? reject(new SendFileError("internal")) : resolve(upload.url)),
      onError: (error) => {
        const answer = error instanceof DetailedError ? error.originalResponse : null;
        reject(new SendFileError(answer ? (errorCodeIn(answer.getBody()) ?? "internal") : "offline"));
      },
    });
    signal.addEventListener(
      "abort",
      () => {
        upload.abort(true).catch(() => undefined);
        reject(signal.reason);
      },
      { once: true },
    );
    upload.start();
  });
}

async function askProgress(address: string, headers: Record<string, string>): Promise<UploadProgress | null> {
  let response: Response;
  try {
    response = await fetch(address, { headers });
  } catch {
    // The line is away: it is asked again.
    return null;
  }
  const text = await response.text().catch(() => "");
  const code = errorCodeIn(text);
  if (code !== null && code !== "unavailable" && code !== "internal") throw new SendFileError(code);
  try {
    return uploadProgressSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The code of an error answer, or null when the body is something else (a proxy's page, say). */
function errorCodeIn(text: string): ErrorCode | null {
  try {
    return errorCodeOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The code of an error answer's body. */
export function errorCodeOf(body: unknown): ErrorCode | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return errorCodes.find((code) => code === error.code) ?? null;
}

/** For the parts that speak of errors by AppError. */
export const asAppError = (error: unknown): AppError =>
  error instanceof SendFileError
    ? new AppError(
        error.code === "offline" ? "unavailable" : error.code === "empty" ? "broken_picture" : error.code,
      )
    : new AppError("internal");
