/** What clients send in wire type 16. Apart from what they are sent (./chat): only the server reads these. */
import * as z from "zod/mini";
import { clientIdSchema } from "./ids";
import { MAX_MESSAGE_CHARS } from "./limits";

/** A message's number: a PostgreSQL integer. */
const seq = z.int().check(z.gte(0), z.lte(2_147_483_647));

/** Frames a client sends in wire type 16. */
export const chatRequestSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("send"),
    clientId: clientIdSchema,
    text: z.string().check(z.minLength(1), z.maxLength(MAX_MESSAGE_CHARS)),
  }),
  z.object({ type: z.literal("delivered"), seq }),
  z.object({ type: z.literal("seen"), seq }),
  z.object({ type: z.literal("typing"), typing: z.boolean() }),
  /** Ask for messages before this number. */
  z.object({ type: z.literal("history"), before: seq }),
]);
export type ChatRequest = z.infer<typeof chatRequestSchema>;
