/** Catalogue sources and imports as screens see them, and what an admin says of a source. */
import * as z from "zod/mini";
import type { ErrorCode } from "./errors";
import { feedKinds, feedMappingSchema } from "./feeds";

export const importStates = [
  "waiting",
  "running",
  /** Many products would disappear: somebody has to say whether they may. */
  "asking",
  "done",
  /** The feed is what it was: nothing was to do. */
  "unchanged",
  /** Many products would have disappeared, and the catalogue was kept as it was. */
  "kept",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof importStates)[number];

/** Whether nothing more will happen to it by itself. */
export const isOver = (state: ImportState): boolean => state !== "waiting" && state !== "running";

/** What an import can tell of single rows or products. */
export const importLists = ["rejected", "incomplete", "new", "changed", "gone"] as const;
export type ImportList = (typeof importLists)[number];

/** Of one list so many are kept to look at; the rest is counted. */
export const MAX_LISTED = 5_000;

const count = z.int().check(z.minimum(0));
export const importFiguresSchema = z.object({
  kind: z.enum(feedKinds),
  rows: count,
  /** Rows that the feed itself marks as not to be shown. */
  skipped: count,
  variants: count,
  products: z.object({ new: count, changed: count, unchanged: count, gone: count }),
  /** Rows left out, and rows that came in without a part. */
  rejected: count,
  incomplete: count,
});
export type ImportFigures = z.infer<typeof importFiguresSchema>;

export interface ImportView {
  readonly importId: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly state: ImportState;
  readonly phase: "receiving" | "reading" | "writing";
  readonly rows: number;
  readonly done: number;
  readonly total: number | null;
  /** Somebody has stopped it; it ends within a second or two. */
  readonly stopping: boolean;
  readonly figures: ImportFigures | null;
  readonly error: ErrorCode | null;
  /** In English: what exactly was wrong. */
  readonly detail: string;
  /** Empty for the schedule. */
  readonly startedBy: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly endedAt: string | null;
}

export interface ImportEntryView {
  readonly line: number;
  readonly externalId: string;
  readonly title: string;
  /** FeedReason codes, with what stood there. */
  readonly reasons: readonly string[];
}

/** How the pictures of a shop's catalogue are doing. */
export interface PictureFigures {
  readonly waiting: number;
  readonly stored: number;
  readonly failed: number;
}

export interface FailedPictureView {
  readonly externalId: string;
  readonly title: string;
  readonly url: string;
  readonly error: ErrorCode;
  readonly detail: string;
}

/** Longest address, characters: what browsers and servers agree on. */
const MAX_ADDRESS_CHARS = 2_000;
const MAX_NAME_CHARS = 120;
/** Longest wait between two times, hours: a week. */
const MAX_EVERY_HOURS = 168;
const MINUTES_A_DAY = 1_440;

export const scheduleSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("never") }),
  z.object({ kind: z.literal("hours"), everyHours: z.int().check(z.minimum(1), z.maximum(MAX_EVERY_HOURS)) }),
  z.object({ kind: z.literal("daily"), dailyAt: z.int().check(z.minimum(0), z.maximum(MINUTES_A_DAY - 1)) }),
]);

/** Where a feed is: a file that was sent before, or an address with the name and password it may want. */
export const feedPlaceSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("upload"),
    /** As keeping it has named it. */
    file: z.string().check(z.maxLength(MAX_NAME_CHARS)),
    fileName: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARS)),
  }),
  z.object({
    kind: z.literal("address"),
    url: z.string().check(z.maxLength(MAX_ADDRESS_CHARS)),
    /** "name:password"; empty for none. */
    login: z.string().check(z.maxLength(MAX_NAME_CHARS * 2)),
  }),
]);
export type FeedPlace = z.infer<typeof feedPlaceSchema>;

export const feedReadingSchema = z.object({
  /** Null: by what the file looks like. */
  format: z.nullable(z.enum(feedKinds)),
  mapping: z.nullable(feedMappingSchema),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** BCP 47, such as "de" or "pt-BR". */
  locale: z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)),
  /** Whose words and prices these are; left out: the shop's own storefront's. */
  storefrontId: z.optional(z.string().check(z.maxLength(80))),
});
export type FeedReading = z.infer<typeof feedReadingSchema>;
