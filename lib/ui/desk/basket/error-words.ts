import { AppError } from "@/lib/protocol/errors";
import type { BasketKey } from "@/lib/ui/messages/basket";

/** Why the basket did not take it, to the agent. */
export function basketErrorWords(error: unknown): BasketKey {
  if (!(error instanceof AppError)) return "deskErrorUnavailable";
  switch (error.code) {
    case "conflict":
      return "deskErrorConflict";
    case "not_found":
      return "deskErrorGone";
    case "too_many":
      return "deskErrorFull";
    case "conversation_closed":
      return "errorEnded";
    default:
      return "deskErrorUnavailable";
  }
}
