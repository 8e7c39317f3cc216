import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readBytes } from "@/lib/http/read-bytes";
import { MAX_DELIVERY_BYTES, takeDelivery } from "@/lib/insights/orders/take-delivery";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";

/** Of one address for one hook: a sale's evening; who only knows the address uses up nobody else's. */
const ALLOWANCE = { points: 1_200, seconds: 60 };

/** Orders, refunds and cancellations as a shop's own server reports them. */
export async function POST(
  request: Request,
  route: { readonly params: Promise<{ readonly hookId: string }> },
): Promise<Response> {
  return answer(async () => {
    const { hookId } = await route.params;
    const address = request.headers.get(ADDRESS_HEADER) ?? "unknown";
    await limit("order-hook", `${hookId} ${address}`, ALLOWANCE);
    return takeDelivery({
      hookId,
      headers: request.headers,
      body: () => readBytes(request, MAX_DELIVERY_BYTES),
      receivedAt: new Date(),
    });
  });
}
