import { findInvitation } from "@/lib/conversations/companions/find-invitation";
import { joinAsCompanion } from "@/lib/conversations/companions/join-as-companion";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { AppError } from "@/lib/protocol/errors";
import { joinAsCompanionSchema } from "@/lib/protocol/http-requests";

/** A family of three, each of whom comes in anew a few times. */
const ALLOWANCE = { points: 20, seconds: 600 };

/** Somebody whom a customer invited comes in. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { code, name } = await readJson(request, joinAsCompanionSchema);
    const invitation = await findInvitation(code);
    if (invitation === null) throw new AppError("not_found", "no such invitation");
    await limit("companion", invitation.conversationId, ALLOWANCE);
    return joinAsCompanion(invitation, name);
  });
}
