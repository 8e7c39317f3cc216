import { requireParticipantAccess } from "@/lib/conversations/access";
import { progressOf } from "@/lib/conversations/uploads/progress";
import { cancelUpload, continueUpload, requireOwn } from "@/lib/conversations/uploads/receive";
import { answer } from "@/lib/http/answer";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Route = { params: Promise<{ id: string; uploadId: string }> };

/** How far it is. */
export async function GET(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    const { id, uploadId } = await route.params;
    return progressOf(await requireOwn(await requireParticipantAccess(request.headers, id), uploadId));
  });
}

async function resume(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { id, uploadId } = await route.params;
    return continueUpload(await requireParticipantAccess(request.headers, id), uploadId, request);
  });
}
export const PATCH = resume;
export const HEAD = resume;

export async function DELETE(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { id, uploadId } = await route.params;
    await cancelUpload(await requireParticipantAccess(request.headers, id), uploadId);
  });
}
