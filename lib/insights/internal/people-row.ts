import * as z from "zod/mini";
import { spreadSchema } from "./spread";

/** What an agent does in a conversation, counted; the last one in seconds, where a product was shown at all. */
export const habits = ["products", "marks", "compared", "firstProduct"] as const;
export type Habit = (typeof habits)[number];

/** How many conversations, what of it in each, and how much that differs (variance of all of them). */
const habitSchema = z.object({ count: z.number(), mean: z.number(), variance: z.number() });
export type HabitFigures = z.infer<typeof habitSchema>;

export const peopleRowSchema = z.object({
  /** Null: the shop's conversations together. Empty: taken by people who are no longer the shop's. */
  memberId: z.nullable(z.string()),
  name: z.string(),
  conversations: z.number(),
  taken: z.number(),
  answered: z.number(),
  abandoned: z.number(),
  dropped: z.number(),
  wait: z.nullable(spreadSchema),
  first: z.nullable(spreadSchema),
  reply: z.nullable(spreadSchema),
  duration: z.nullable(spreadSchema),
  recommended: z.number(),
  /** Conversations after which their customer bought. */
  buying: z.number(),
  orders: z.number(),
  pieces: z.number(),
  /** Those of which their customer said how it was, and that it was good or very good. */
  rated: z.number(),
  satisfied: z.number(),
  /** One currency each: minor units of every conversation that brought any, and what of them all only browsers claim. */
  revenue: z.array(z.object({ currency: z.string(), amounts: z.array(z.number()), claimed: z.number() })),
  products: habitSchema,
  marks: habitSchema,
  compared: habitSchema,
  firstProduct: habitSchema,
});
export type PeopleRow = z.infer<typeof peopleRowSchema>;
