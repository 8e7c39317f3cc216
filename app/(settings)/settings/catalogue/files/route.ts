import { requireMember } from "@/lib/auth/require-member";
import { keepFeedFile } from "@/lib/catalogue/imports/feed-files";
import { answer } from "@/lib/http/answer";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { AppError } from "@/lib/protocol/errors";

/** Takes a feed's file as the request's body, and answers with the name it waits under. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { shopId } = await requireMember(request, "admin");
    if (request.body === null) throw new AppError("bad_request", "no file");
    return { file: await keepFeedFile(shopId, request.body) };
  });
}
