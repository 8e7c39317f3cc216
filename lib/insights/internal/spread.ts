import * as z from "zod/mini";

/** What times look like, in seconds: half took at most the median, nine of ten at most p90. */
export const spreadSchema = z.object({
  count: z.number(),
  mean: z.number(),
  median: z.number(),
  p90: z.number(),
});
export type Spread = z.infer<typeof spreadSchema>;

/** Of an aggregated column of seconds; null without any. Between two values the quantiles are interpolated. */
export const spreadSql = (seconds: string) => `
    case when count(${seconds}) > 0 then jsonb_build_object('count', count(${seconds}), 'mean', avg(${seconds}),
      'median', percentile_cont(0.5) within group (order by ${seconds}), 'p90', percentile_cont(0.9) within group (order by ${seconds})) end`;

/**
 * Seconds from one moment to another; null without either. A clock that ran backwards makes them none, not less. Not by `extract`:
 * its numeric becomes a float by way of a text, which is a good part of what a year's report takes.
 */
export const secondsSql = (from: string, to: string) =>
  `case when ${to} < ${from} then 0 else date_part('epoch', ${to} - ${from}) end`;
