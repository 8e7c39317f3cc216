import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { DeskKey } from "@/lib/ui/messages/desk";

const words: Partial<Record<ErrorCode, DeskKey>> = {
  conflict: "errorTaken",
  conversation_closed: "errorClosed",
  forbidden: "errorForbidden",
  not_found: "errorNotFound",
  unauthorized: "signedOut",
  too_many: "errorTooMany",
  too_large: "errorTooLarge",
  unsupported_picture: "errorPicture",
  broken_picture: "errorPicture",
  too_many_pixels: "errorPixels",
  panel_full: "errorPanelFull",
};

/** The sentence that tells an agent what went wrong and what to do. */
export function errorWords(error: unknown): DeskKey {
  return (error instanceof AppError ? words[error.code] : undefined) ?? "errorUnavailable";
}
