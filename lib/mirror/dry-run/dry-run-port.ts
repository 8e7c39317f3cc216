/** What a dry run is asked, and what it answers: plain values that cross processes, read again where they arrive. */
import * as z from "zod/mini";
import { findingReasons } from "../lint/finding";

const sights = ["shown", "masked", "boxed"] as const;
/** What an agent has of a part of the page: itself, dots, or a grey box. */
export type Sight = (typeof sights)[number];

/** Why there is no report. The first three are said before a page is opened. */
const dryRunProblems = [
  "foreign",
  "rules",
  "too often",
  "busy",
  "no browser",
  "not opened",
  "refused",
  "elsewhere",
  "private network",
  "too late",
  "too much",
  "not read",
] as const;
export type DryRunProblem = (typeof dryRunProblems)[number];

/** Pixels of the picture, from its left upper corner. */
const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof boxSchema>;

const countsSchema = z.object({
  shown: z.number(),
  masked: z.number(),
  boxed: z.number(),
  /** Links, buttons and fields in sight on which agents may not act. */
  forbidden: z.number(),
});
export type SightCounts = z.infer<typeof countsSchema>;

const changeSchema = z.object({
  /** Its place in the list: paths may be the same. */
  id: z.number(),
  /** CSS path; `>>>` enters a shadow root or a frame. */
  path: z.string(),
  /** Null: only whether agents may act here is another than before. */
  sight: z.nullable(z.object({ from: z.enum(sights), to: z.enum(sights) })),
  /** Whether agents may act on it now; null where that is as before, or follows from what they see. */
  mayAct: z.nullable(z.boolean()),
  /** Null for what lies outside of the picture. */
  box: z.nullable(boxSchema),
});
export type SightChange = z.infer<typeof changeSchema>;

/** Lists of rules that name elements. */
const ruleListSchema = z.enum(["hide", "mask", "show", "noControl"]);
export type RuleList = z.infer<typeof ruleListSchema>;

const reportSchema = z.object({
  /** As agents would read it. */
  address: z.string(),
  mode: z.enum(["off", "default", "allow-list"]),
  /** A limit of nodes or time ended the look at the page. */
  isCut: z.boolean(),
  /** The page still changed when it was read. */
  isRestless: z.boolean(),
  findings: z.array(
    z.object({
      id: z.number(),
      what: z.enum(["text", "attribute", "field", "choice", "style", "title", "address"]),
      name: z.string(),
      path: z.string(),
      why: z.enum(findingReasons),
      sample: z.string(),
      /** A selector that a mask rule can hold; null where another kind of rule helps. */
      mask: z.nullable(z.string()),
    }),
  ),
  moreFindings: z.number(),
  saved: countsSchema,
  edited: countsSchema,
  changes: z.array(changeSchema),
  moreChanges: z.number(),
  /** Edited rules for this path that name nothing on the page. */
  unmatched: z.array(z.object({ list: ruleListSchema, selector: z.string() })),
  /** The top of the page with the edited rules' masks drawn over it: WebP, base64. */
  picture: z.object({ base64: z.string(), width: z.number(), height: z.number() }),
});
export type DryRunReport = z.infer<typeof reportSchema>;

export const dryRunAnswerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("report"), report: reportSchema }),
  z.object({ kind: z.literal("problem"), problem: z.enum(dryRunProblems) }),
]);
export type DryRunAnswer = z.infer<typeof dryRunAnswerSchema>;

export interface DryRunOrder {
  /** Of one of the shop's own pages: the caller has looked at its origin. */
  readonly url: string;
  /** As lib/mirror/masking/site-rules reads them. */
  readonly edited: unknown;
  readonly saved: unknown;
}

/** What the server hands to the process that opens the page. */
export const childOrderSchema = z.object({
  url: z.string(),
  edited: z.unknown(),
  saved: z.unknown(),
  chromium: z.string(),
  proxy: z.string(),
  /** For the browser's profile; removed afterwards. */
  folder: z.string(),
  /** Milliseconds for the page, without the browser's start. */
  timeoutMs: z.number(),
  maxMemoryMb: z.number(),
});
export type ChildOrder = z.infer<typeof childOrderSchema>;
