import { requireMember } from "@/lib/auth/require-member";
import { enterBySpokenCode } from "@/lib/conversations/spoken-code";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { enterByCodeSchema } from "@/lib/protocol/http-requests";

/** Tries of one agent and of all of a shop, right ones too: nobody finds one of a hundred million so. */
const OF_ONE = { points: 20, seconds: 600 };
const OF_ALL = { points: 200, seconds: 600 };

/** An agent types the code that a customer reads out. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { memberId, shopId } = await requireMember(request, "agent");
    await limit("spoken-code", memberId, OF_ONE);
    await limit("spoken-code-shop", shopId, OF_ALL);
    const { code } = await readJson(request, enterByCodeSchema);
    return enterBySpokenCode(request.headers, shopId, code);
  });
}
