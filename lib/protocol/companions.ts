/** What the HTTP API answers about companions. Apart from ./http: most customers never load it. */
import * as z from "zod/mini";
import { conversationIdSchema } from "./ids";

/** Answer of POST /api/v1/conversations/:id/companions: stands in the address by which whom she invites comes in. */
export const companionInvitationSchema = z.object({ code: z.string() });

/** Answer of POST /api/v1/companions. */
export const joinedCompanionSchema = z.object({
  conversationId: conversationIdSchema,
  /** Hers alone; signed by the server, opaque to browsers. */
  visitorToken: z.string().check(z.minLength(16), z.maxLength(2_048)),
});
