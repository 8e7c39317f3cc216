import { invitationSchema } from "@/lib/protocol/http-requests";
import { decideInvitation, recordInvitationOpened } from "@/lib/visitors/invitations/invite";
import { recordedVisitorFor } from "@/lib/visitors/take-requests";
import { answerPage } from "../answer-page";

const question = {
  name: "invitations",
  schema: invitationSchema,
  /** A visitor token and little else. */
  maxBytes: 4_096,
  perAddress: { points: 120, seconds: 60 },
};

/** POST (text/plain): a visitor has stayed with a product; is she to be invited? Or: she has opened the invitation. */
export const POST = (request: Request): Promise<Response> =>
  answerPage(request, question, async (asked) => {
    const recorded = await recordedVisitorFor(asked, request);
    if (recorded === null || recorded.visitorId === null) return { show: false };
    const { shopId, visitorId } = recorded;
    if (!asked.opened) return { show: await decideInvitation(shopId, visitorId, new Date()) };
    await recordInvitationOpened(shopId, visitorId, new Date());
    return null;
  });
