/** Words for what imports say in codes. */
import type { ErrorCode } from "@/lib/protocol/errors";
import { type FeedKind, feedReasons } from "@/lib/protocol/feeds";
import type { ImportList, ImportState } from "@/lib/protocol/imports";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";

/** Names that are the same in every language. */
export const kindNames: Readonly<Record<FeedKind, string>> = {
  "google-xml": "Google Merchant XML",
  "google-text": "Google Merchant TSV",
  "shopify-csv": "Shopify CSV",
  "woocommerce-csv": "WooCommerce CSV",
  csv: "CSV",
  json: "JSON",
  jsonl: "JSON Lines",
  "json-ld": "schema.org JSON-LD",
};

export const stateWords: Readonly<Record<ImportState, CatalogueSettingsKey>> = {
  waiting: "stateWaiting",
  running: "stateRunning",
  asking: "stateAsking",
  done: "stateDone",
  unchanged: "stateUnchanged",
  kept: "stateKept",
  failed: "stateFailed",
  cancelled: "stateCancelled",
};

export const listWords: Readonly<Record<ImportList, CatalogueSettingsKey>> = {
  rejected: "rejected",
  incomplete: "incomplete",
  new: "new",
  changed: "changed",
  gone: "gone",
};

const errorWords: Partial<Record<ErrorCode, CatalogueSettingsKey>> = {
  bad_request: "errBadRequest",
  forbidden: "errForbidden",
  not_found: "errNotFound",
  unavailable: "errUnavailable",
  too_large: "errTooLarge",
  too_many_pixels: "errTooLarge",
  too_many: "errTooMany",
  conflict: "errConflict",
  unsupported_picture: "errPicture",
  broken_picture: "errPicture",
  unsupported_video: "errVideo",
  broken_video: "errVideo",
  video_too_long: "errVideoTooLong",
  shop_full: "errShopFull",
};

export const errorKey = (code: ErrorCode): CatalogueSettingsKey => errorWords[code] ?? "errInternal";

/** @param reason of a FeedProblem: a code, alone or before ":" and what stood there */
export function reasonWords(t: Translate<CatalogueSettingsKey>, reason: string): string {
  const [code = "", ...found] = reason.split(":");
  const known = feedReasons.find((name) => name === code);
  return known === undefined ? reason : t(`reason_${known}`, { found: found.join(":") });
}
