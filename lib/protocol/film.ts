/** A conversation as a film: what the server tells of it at first. The panel's journal follows in pages (film-journal). */
import * as z from "zod/mini";
import { messageSchema } from "./chat";
import { assetIdSchema, conversationIdSchema, participantIdSchema } from "./ids";
import { participantRoles } from "./roles";

/** Characters of a passage's name. */
export const MAX_PASSAGE_NAME_CHARS = 120;
/** Passages kept of one conversation. */
export const MAX_PASSAGES = 50;

const pictureSchema = z.nullable(z.object({ src: z.string(), srcSet: z.string() }));

/** Milliseconds since 1970, the server's clock. */
const moment = z.number();

const lineSchema = z.object({ title: z.string(), quantity: z.number() });

export const passageSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Milliseconds from the conversation's beginning; negative before it. */
  from: z.number(),
  to: z.number(),
  /** Who saved it; empty when she is gone. */
  by: z.string(),
});
export type Passage = z.infer<typeof passageSchema>;

/** Ten years, milliseconds: no conversation is longer. */
const LONGEST_MS = 315_360_000_000;
const offset = z.int().check(z.gte(-LONGEST_MS), z.lte(LONGEST_MS));

export const newPassageSchema = z
  .object({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_PASSAGE_NAME_CHARS)),
    from: offset,
    to: offset,
  })
  .check(z.refine(({ from, to }) => from < to, { path: ["to"], error: "ends before it begins" }));

export const filmSchema = z.object({
  conversationId: conversationIdSchema,
  startedAt: moment,
  /** Null while it goes on. */
  endedAt: z.nullable(moment),
  people: z.array(
    z.object({
      participantId: participantIdSchema,
      role: z.enum(participantRoles),
      name: z.string(),
      color: z.number(),
    }),
  ),
  chat: z.array(messageSchema),
  /** What was said after it is left out: the conversation is longer than a film. */
  chatCut: z.boolean(),
  /** Products put on the panel, as the server saw it. */
  shown: z.array(z.object({ at: moment, title: z.string() })),
  /** Products and pages she looked at during this visit to the shop; her browser's word. */
  trail: z.array(z.object({ at: moment, title: z.string(), picture: pictureSchema })),
  /** Her cart, each time it changed; her browser's word. `added`: what it had grown by. */
  carts: z.array(
    z.object({ at: moment, currency: z.string(), lines: z.array(lineSchema), added: z.array(z.string()) }),
  ),
  orders: z.array(
    z.object({
      at: moment,
      number: z.string(),
      currency: z.string(),
      totalMinor: z.number(),
      /** The shop's server said so, too. */
      confirmed: z.boolean(),
      cancelled: z.boolean(),
      lines: z.array(lineSchema),
    }),
  ),
  /** What people sent into it and is still there: anything else that it names was erased. */
  assets: z.array(assetIdSchema),
  panel: z.object({
    /** journal: every change at its time. left: only as it was left, its history was deleted after a time. */
    kind: z.enum(["journal", "left"]),
    updates: z.number(),
    bytes: z.number(),
  }),
  passages: z.array(passageSchema),
  /** Whether who asks may save and remove passages. */
  mayKeep: z.boolean(),
});
export type Film = z.infer<typeof filmSchema>;
