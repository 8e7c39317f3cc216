import { z } from "zod";
import { feedKinds } from "@/lib/protocol/feeds";

const problemSchema = z.object({
  line: z.number(),
  externalId: z.string(),
  reasons: z.array(z.string()).readonly(),
});

export const importReportSchema = z.object({
  /** would-shrink: too much would go, and nothing of the catalogue has changed. */
  state: z.enum(["done", "would-shrink"]),
  /** The very file of last time: it was not even read. */
  sameFile: z.boolean(),
  kind: z.enum(feedKinds),
  rows: z.number(),
  /** Rows that the shop itself keeps from being sold. */
  skipped: z.number(),
  products: z.object({ new: z.number(), changed: z.number(), unchanged: z.number(), gone: z.number() }),
  variants: z.number(),
  /** The first ones, in the feed's order. */
  rejected: z.array(problemSchema).readonly(),
  rejectedTotal: z.number(),
  /** Rows that came in without a part. */
  warnings: z.array(problemSchema).readonly(),
  warningsTotal: z.number(),
});
export type ImportReport = z.infer<typeof importReportSchema>;
