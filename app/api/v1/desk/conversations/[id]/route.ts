import { requireConversationAccess } from "@/lib/conversations/access";
import { loadCustomerFacts } from "@/lib/conversations/customer-facts";
import { answer } from "@/lib/http/answer";
import type { DeskRoute } from "../../desk-write";

/** The customer's trail, cart and facts. */
export async function GET(request: Request, route: DeskRoute): Promise<Response> {
  return answer(async () =>
    loadCustomerFacts(await requireConversationAccess(request.headers, (await route.params).id)),
  );
}
