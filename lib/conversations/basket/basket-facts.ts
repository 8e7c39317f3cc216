/** What is recorded of a basket: what agent and customer did as facts, what the page says of its cart as a claim. */
import { recordClaim, recordEvents, type ServerFact } from "@/lib/insights/record";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { ConversationId, ShopId, VisitorId } from "@/lib/protocol/ids";
import type { Line } from "./basket-rules";

type FactType = "basket_proposed" | "basket_confirmed" | "basket_declined" | "basket_in_cart";
type Who = Pick<ServerFact, "participantId" | "memberId" | "visitorId">;

export interface BasketFact {
  readonly type: FactType;
  readonly line: Pick<Line, "productId" | "externalId" | "quantity" | "unitMinor" | "currency">;
  readonly by: Who;
}

/** A failure to record is told to the operator and stops nothing: it has happened. */
export async function recordBasket(
  place: { readonly shopId: ShopId; readonly conversationId: ConversationId },
  facts: readonly BasketFact[],
): Promise<void> {
  const rows = facts.map(({ type, line, by }) => {
    const { productId, externalId, quantity, unitMinor, currency } = line;
    return { ...place, ...by, type, productId, data: { variant: externalId, quantity, unitMinor, currency } };
  });
  try {
    await recordEvents(
      rows.flatMap(({ type, ...row }) => (type === "basket_in_cart" ? [] : [{ ...row, type }])),
    );
    for (const { type, ...row } of rows) if (type === "basket_in_cart") await recordClaim({ ...row, type });
  } catch (error) {
    faultsSlot.find()?.(error);
  }
}

/** The one whose cart it is. */
export const customer = (visitorId: VisitorId): Who => ({ visitorId });
