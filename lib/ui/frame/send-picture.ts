/** Sends one photo. XMLHttpRequest, because fetch still cannot tell how much has left. */
import { type ErrorCode, errorCodes } from "@/lib/protocol/errors";
import { pictureUploadedSchema } from "@/lib/protocol/http";
import type { AssetId, ConversationId, ItemId } from "@/lib/protocol/ids";
import type { UploadError } from "./upload-queue";

export interface SentPicture {
  readonly assetId: AssetId;
  readonly itemId: ItemId;
}

/** Why a photo was not taken; `code` chooses the words. */
export class SendPictureError extends Error {
  override readonly name = "SendPictureError";
  constructor(readonly code: UploadError) {
    super(code);
  }
}

export function sendPicture(options: {
  readonly conversationId: ConversationId;
  readonly visitorToken: string;
  readonly file: File;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}): Promise<SentPicture> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/conversations/${options.conversationId}/pictures`);
    request.setRequestHeader("authorization", `Bearer ${options.visitorToken}`);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) options.onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      const body = readJson(request.responseText);
      const parsed = pictureUploadedSchema.safeParse(body);
      if (request.status < 300 && parsed.success) resolve(parsed.data);
      else reject(new SendPictureError(errorCodeOf(body) ?? "internal"));
    });
    request.addEventListener("error", () => reject(new SendPictureError("offline")));
    request.addEventListener("abort", () => reject(new SendPictureError("offline")));
    options.signal.addEventListener("abort", () => request.abort(), { once: true });
    const form = new FormData();
    form.append("file", options.file, options.file.name);
    request.send(form);
  });
}

/** The code of an error answer, or null when the body is something else (a proxy's page, say). */
export function errorCodeOf(body: unknown): ErrorCode | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return errorCodes.find((code) => code === error.code) ?? null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
