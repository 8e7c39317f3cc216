/** Messages and people for tests. */
import { participantIdSchema } from "@/lib/protocol/ids";
import type { LogMessage } from "./log-message";

export const maria = participantIdSchema.parse("11111111-1111-7111-8111-111111111111");
export const anna = participantIdSchema.parse("22222222-2222-7222-8222-222222222222");
export const bea = participantIdSchema.parse("33333333-3333-7333-8333-333333333333");
export const tom = participantIdSchema.parse("44444444-4444-7444-8444-444444444444");

export function aMessage(given: Partial<LogMessage> & { readonly seq: number | null }): LogMessage {
  return {
    clientId: `client-${given.seq ?? "new"}`,
    participantId: null,
    state: given.seq === null ? "sending" : "stored",
    body: { kind: "text", text: `text ${given.seq}` },
    at: Date.UTC(2026, 10, 21, 12, 0, given.seq ?? 0),
    ...given,
  };
}
