import { requireConversationAccess } from "@/lib/conversations/access";
import { loadCartOf } from "@/lib/conversations/customer-cart";
import { answer } from "@/lib/http/answer";
import type { DeskRoute } from "../../../desk-write";

/** The customer's cart by the shop's own system. */
export async function GET(request: Request, route: DeskRoute): Promise<Response> {
  return answer(async () =>
    loadCartOf(await requireConversationAccess(request.headers, (await route.params).id)),
  );
}
