/** The basket as live rooms ask for it: who may do what, and which function does it. Port: lib/sync/server/ports. */
import type { BasketRequest } from "@/lib/protocol/basket-requests";
import { AppError, assertNever } from "@/lib/protocol/errors";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { BasketControl, Claims } from "@/lib/sync/server/ports";
import { confirmLines, declineLines, settleLine } from "./answer";
import { loadBasket } from "./basket-rows";
import { changeLine, proposeLine, withdrawLine } from "./propose";

export const basketControl: BasketControl = {
  load: (conversationId) => loadBasket(conversationId, new Date()),
  carryOut: (request, by) => carryOut(request, by, new Date()),
};

/** The two keys: what an agent proposes only the customer of the conversation can agree to. */
function carryOut(request: BasketRequest, by: Claims, now: Date): Promise<void> {
  switch (request.type) {
    case "basket-propose":
      return as("agent", by, () => proposeLine(request, by, now));
    case "basket-change":
      return as("agent", by, () => changeLine(request, by, now));
    case "basket-withdraw":
      return as("agent", by, () => withdrawLine(request, by, now));
    case "basket-confirm":
      return as("customer", by, () => confirmLines(request, by, now));
    case "basket-decline":
      return as("customer", by, () => declineLines(request, by, now));
    case "basket-result":
      return as("customer", by, () => settleLine(request, by, now));
    default:
      return assertNever(request);
  }
}

async function as(role: ParticipantRole, by: Claims, run: () => Promise<void>): Promise<void> {
  if (by.role !== role) throw new AppError("forbidden", `only the ${role} of the conversation may`);
  await run();
}
