import { requireConversationAccess } from "@/lib/conversations/access";
import { rateConversation } from "@/lib/conversations/rate";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { ratingSchema } from "@/lib/protocol/http-requests";

/** Somebody who goes through all the faces and back again, a few times. */
const ALLOWANCE = { points: 30, seconds: 600 };

/** How the customer found it. */
export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireConversationAccess(request.headers, (await route.params).id);
    await limit("rating", access.conversationId, ALLOWANCE);
    await rateConversation(access, (await readJson(request, ratingSchema)).score);
  });
}
