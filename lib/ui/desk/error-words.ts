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
  unsupported_video: "errorUnsupportedVideo",
  broken_video: "errorBrokenVideo",
  video_too_long: "errorVideoTooLong",
  unsupported_paper: "errorUnsupportedPaper",
  broken_paper: "errorBrokenPaper",
  paper_locked: "errorPaperLocked",
  too_many_pages: "errorTooManyPages",
  infected: "errorInfected",
  too_many_pixels: "errorPixels",
  panel_full: "errorPanelFull",
};

/** The sentence that tells an agent what went wrong and what to do. */
export function errorWords(error: unknown): DeskKey {
  return (error instanceof AppError ? words[error.code] : undefined) ?? "errorUnavailable";
}
