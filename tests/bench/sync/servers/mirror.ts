/** The mirror's relay with nothing behind it: two people whose tokens are their roles, and rows that nobody stores. */
import { createMirrorRelay } from "@/lib/mirror/relay/create-mirror-relay";
import {
  type ConversationId,
  conversationIdSchema,
  memberIdSchema,
  participantIdSchema,
  shopIdSchema,
} from "@/lib/protocol/ids";
import type { Claims } from "@/lib/sync/server/ports";
import { serve } from "../serve";

/** A soak lasts half an hour; its tokens last a day. */
const TOKEN_MS = 86_400_000;

const shopId = shopIdSchema.parse(crypto.randomUUID());
const memberId = memberIdSchema.parse(crypto.randomUUID());
const seats = {
  customer: { role: "customer", name: "Guest 7", color: 1 },
  agent: { role: "agent", name: "Anna", color: 2, memberId },
} as const;
const ids = {
  customer: participantIdSchema.parse(crypto.randomUUID()),
  agent: participantIdSchema.parse(crypto.randomUUID()),
};
const isSeat = (token: string): token is keyof typeof seats => Object.hasOwn(seats, token);
const claimsOf = (conversationId: ConversationId, seat: keyof typeof seats): Claims => ({
  conversationId,
  shopId,
  participantId: ids[seat],
  ...seats[seat],
});

const relay = createMirrorRelay({
  authorize: {
    async admit(conversation, token) {
      if (!isSeat(token)) return { kind: "refused", reason: "unauthorized" };
      const claims = claimsOf(conversationIdSchema.parse(conversation), token);
      return { kind: "admitted", claims, expiresAt: Date.now() + TOKEN_MS };
    },
    findConversation: async (conversationId) => ({
      conversationId,
      shopId,
      status: "open",
      drawingLocked: false,
      participants: [claimsOf(conversationId, "customer"), claimsOf(conversationId, "agent")],
      mirror: { allowed: true, phase: "idle", proposedBy: null },
    }),
  },
  store: {
    findTerms: async () => ({ allowed: true, mayAskWrite: false }),
    findOpen: async () => null,
    save: async () => undefined,
    record: async () => undefined,
    listLost: async () => [],
  },
  changed: () => undefined,
  log: (level, message, detail) => {
    if (level !== "info") process.stderr.write(`${level} ${message} ${JSON.stringify(detail)}\n`);
  },
});
serve({ handleUpgrade: relay.handleUpgrade, rooms: () => relay.figures().mirrors });
