/** What the live screen is told: small, so every change sends all of it. Nothing of any customer. */
import * as z from "zod/mini";
import { memberIdSchema } from "./ids";

/** Milliseconds since 1970, the server's clock. */
const time = z.number();

export const liveSnapshotSchema = z.object({
  now: time,
  /** Seen on the shop's pages within the last minutes (VISITOR_HERE_MS). */
  visitors: z.number(),
  waiting: z.number(),
  /** Since when the one who has waited longest does. */
  longestSince: z.nullable(time),
  talking: z.number(),
  /** The shop's people who are at their desks, or have conversations that go on. */
  people: z.array(
    z.object({ memberId: memberIdSchema, name: z.string(), atDesk: z.boolean(), talking: z.number() }),
  ),
  /** Since the shop's midnight. */
  today: z.object({
    since: time,
    visitors: z.number(),
    conversations: z.number(),
    taken: z.number(),
    /** Ended before anybody took them. */
    abandoned: z.number(),
    /** Median of the waits until somebody took it, seconds. */
    wait: z.nullable(z.number()),
    /** Orders of visitors who talked with the shop within its window before. */
    orders: z.number(),
    /** Of these orders, in minor units, and the part of it that only browsers claim. */
    value: z.array(z.object({ currency: z.string(), minor: z.number(), claimed: z.number() })),
  }),
});
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>;
