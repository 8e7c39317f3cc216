import { requireConversationAccess } from "@/lib/conversations/access";
import { loadOrderOf } from "@/lib/conversations/customer-orders";
import { answer } from "@/lib/http/answer";

type Route = { params: Promise<{ readonly id: string; readonly reference: string }> };

/** One of her orders: its lines, and where it is. */
export async function GET(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    const { id, reference } = await route.params;
    return loadOrderOf(await requireConversationAccess(request.headers, id), reference);
  });
}
