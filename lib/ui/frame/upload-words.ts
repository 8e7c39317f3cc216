import type { FrameKey } from "@/lib/ui/messages/frame";
import type { SendError } from "@/lib/ui/uploads/send-file";

/**
 * Every way in which a file can fail, in words that say what to do next (FR6). What nobody who sends can mend, and what no
 * upload is answered with, is our fault.
 */
export const uploadWords: Readonly<Record<SendError, FrameKey>> = {
  too_large: "errorTooLarge",
  too_many_pixels: "errorTooManyPixels",
  unsupported_picture: "errorUnsupported",
  broken_picture: "errorBroken",
  unsupported_video: "errorUnsupportedVideo",
  broken_video: "errorBrokenVideo",
  video_too_long: "errorVideoTooLong",
  unsupported_paper: "errorUnsupportedPaper",
  broken_paper: "errorBrokenPaper",
  paper_locked: "errorPaperLocked",
  too_many_pages: "errorTooManyPages",
  infected: "errorInfected",
  empty: "errorEmpty",
  offline: "errorOffline",
  unavailable: "errorUnavailable",
  too_many: "errorTooMany",
  panel_full: "errorPanelFull",
  conversation_closed: "errorClosed",
  unauthorized: "errorStale",
  forbidden: "errorForbidden",
  not_found: "errorGone",
  drawing_locked: "errorServer",
  shop_full: "errorServer",
  bad_request: "errorServer",
  conflict: "errorServer",
  takes_too_long: "errorServer",
  internal: "errorServer",
};
