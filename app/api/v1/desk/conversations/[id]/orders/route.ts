import { requireConversationAccess } from "@/lib/conversations/access";
import { loadOrdersOf } from "@/lib/conversations/customer-orders";
import { answer } from "@/lib/http/answer";
import type { DeskRoute } from "../../../desk-write";

/** What the customer ordered before. */
export async function GET(request: Request, route: DeskRoute): Promise<Response> {
  return answer(async () =>
    loadOrdersOf(await requireConversationAccess(request.headers, (await route.params).id)),
  );
}
