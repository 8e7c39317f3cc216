/** Answers about codes that are read out on the phone. Apart from ./http: the frame loads them with its mirror only. */
import * as z from "zod/mini";
import { conversationIdSchema } from "./ids";

/** POST /api/v1/conversations/:id/spoken-code: what the customer reads out, and until when it opens, by the server's clock. */
export const spokenCodeAnswerSchema = z.object({ code: z.string(), until: z.number() });
export type SpokenCodeAnswer = z.infer<typeof spokenCodeAnswerSchema>;

/** POST /api/v1/desk/spoken-code: where the agent is now. */
export const enteredByCodeSchema = z.object({ conversationId: conversationIdSchema });
