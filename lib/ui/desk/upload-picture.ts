/** Sends one picture into a conversation, with progress; the server puts it on the panel. */
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId } from "@/lib/protocol/ids";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { errorOf } from "./desk-api";

/** @param onProgress share of the bytes that left, 0 to 1. @throws AppError */
export function uploadPicture(
  conversationId: ConversationId,
  file: File,
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (file.size > MAX_UPLOAD_BYTES) {
      reject(new AppError("too_large"));
      return;
    }
    const body = new FormData();
    body.set("file", file);
    // fetch tells nothing about what has been sent so far.
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/conversations/${conversationId}/pictures`);
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(errorOf(request.status, request.responseText));
    };
    request.onerror = () => reject(new AppError("unavailable"));
    request.send(body);
  });
}
