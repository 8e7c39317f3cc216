/** Sends a file from the browser, telling how far it is: fetch cannot. */
import * as z from "zod/mini";
import { AppError, errorCodes } from "@/lib/protocol/errors";

const answerSchema = z.object({ file: z.string() });
const errorSchema = z.object({ error: z.object({ code: z.enum(errorCodes), detail: z.string() }) });

/** @returns the name that it waits under @throws AppError */
export function sendFile(file: File, onShare: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/settings/catalogue/files");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onShare(total > 0 ? loaded / total : 0),
    );
    request.addEventListener("error", () => reject(new AppError("unavailable")));
    request.addEventListener("load", () => {
      const kept = answerSchema.safeParse(request.response);
      if (kept.success) return resolve(kept.data.file);
      const refused = errorSchema.safeParse(request.response);
      reject(
        refused.success
          ? new AppError(refused.data.error.code, refused.data.error.detail)
          : new AppError("internal"),
      );
    });
    request.send(file);
  });
}
