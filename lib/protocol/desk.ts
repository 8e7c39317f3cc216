/** What the agents' desk is told: the feed's snapshots and one customer's facts. */
import * as z from "zod/mini";
import { conversationStatuses } from "./control";
import { conversationIdSchema, memberIdSchema, participantIdSchema, productIdSchema } from "./ids";
import { lineSchema } from "./line";
import { participantRoles } from "./roles";

/** Milliseconds since 1970, the server's clock. */
const time = z.number();

const pictureRefSchema = z.object({
  width: z.number(),
  height: z.number(),
  /** Longest side in pixels and a short-lived address of each size, smallest first. */
  sizes: z.array(z.object({ longest: z.number(), url: z.string() })),
});
export type PictureRef = z.infer<typeof pictureRefSchema>;

/** A page as the customer's browser claims to show it; product and picture are our catalogue's. */
const visitedPageSchema = z.object({
  at: time,
  title: z.string(),
  url: z.string(),
  product: z.nullable(
    z.object({ productId: productIdSchema, title: z.string(), picture: z.nullable(pictureRefSchema) }),
  ),
});
export type VisitedPage = z.infer<typeof visitedPageSchema>;

const trailedProductSchema = z.extend(visitedPageSchema, {
  /** Milliseconds, all her looks at it together; the one that goes on not yet among them. */
  stayedMs: z.number(),
});
export type TrailedProduct = z.infer<typeof trailedProductSchema>;

export const deskConversationSchema = z.object({
  conversationId: conversationIdSchema,
  status: z.enum(conversationStatuses),
  /** What agents call the customer. */
  name: z.string(),
  color: z.number(),
  /** The language her shop page has. */
  locale: z.string(),
  createdAt: time,
  /** Where she is now; null before the first page was told. */
  page: z.nullable(visitedPageSchema),
  /** The shop's people in it. */
  people: z.array(
    z.object({
      participantId: participantIdSchema,
      memberId: z.nullable(memberIdSchema),
      name: z.string(),
      role: z.enum(participantRoles),
    }),
  ),
  /** The asking member's own part in it. */
  myRole: z.nullable(z.enum(participantRoles)),
  /** Messages of others the asking member has not seen. */
  unread: z.number(),
  /** Start of the last message. */
  lastText: z.string(),
});
export type DeskConversation = z.infer<typeof deskConversationSchema>;

/** The whole desk of one member; small, so every change sends all of it. */
export const deskSnapshotSchema = z.object({
  now: time,
  /** Oldest first. */
  waiting: z.array(deskConversationSchema),
  /** Where the member takes part. */
  mine: z.array(deskConversationSchema),
  /** Open conversations of colleagues. */
  others: z.array(deskConversationSchema),
});
export type DeskSnapshot = z.infer<typeof deskSnapshotSchema>;

/** GET /api/v1/desk/conversations/:id */
export const customerFactsSchema = z.object({
  conversationId: conversationIdSchema,
  name: z.string(),
  locale: z.string(),
  /** Who she is by the word of the shop's server; empty texts where it did not say. Null: nobody in particular. */
  person: z.nullable(z.object({ externalId: z.string(), name: z.string(), email: z.string() })),
  firstSeenAt: time,
  /** Conversations before this one. */
  earlierConversations: z.number(),
  /** The last of them, newest first. */
  earlier: z.array(
    z.object({
      conversationId: conversationIdSchema,
      at: time,
      /** Who of the shop's people took part; empty: nobody answered. */
      agents: z.array(z.string()),
      /** Its film is the asking member's to see. */
      film: z.boolean(),
    }),
  ),
  /** Days of the shop's time zone on which she was on its pages, as reports count visits. */
  visits: z.object({
    count: z.number(),
    /** Newest first, "2026-11-23"; a few. */
    days: z.array(z.string()),
  }),
  page: z.nullable(visitedPageSchema),
  /** Products viewed, newest first. */
  trail: z.array(trailedProductSchema),
  cart: z.nullable(
    z.object({
      at: time,
      currency: z.string(),
      lines: z.array(z.extend(lineSchema, { title: z.string(), picture: z.nullable(pictureRefSchema) })),
    }),
  ),
  orders: z.number(),
  /** What her shop's page wants agents to know: its word. */
  context: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type CustomerFacts = z.infer<typeof customerFactsSchema>;

/** Answer to accept, join and supervise. */
export const deskJoinedSchema = z.object({ participantId: participantIdSchema });
