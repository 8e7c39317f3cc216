import { listEvents } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { limit } from "@/lib/http/rate-limit";
import { ingestBatch } from "@/lib/insights/ingest";
import { listEvents as list } from "@/lib/insights/list-events";
import { eventBatchSchema } from "@/lib/protocol/http-requests";
import { invitationAfter } from "@/lib/visitors/invitations/invite";
import { recordedVisitorFor } from "@/lib/visitors/take-requests";
import { answerPage } from "../answer-page";

const question = {
  name: "events-address",
  schema: eventBatchSchema,
  /** Fifty events with the longest addresses the schema takes. */
  maxBytes: 262_144,
  perAddress: { points: 600, seconds: 60 },
};
/** A quick shopper changes page every second or two. */
const PER_VISITOR = { points: 90, seconds: 60 };

/** POST (text/plain): what a page of the shop saw its visitor do, as far as it may be recorded. */
export const POST = (request: Request): Promise<Response> =>
  answerPage(request, question, async ({ events, ...asked }) => {
    const recorded = await recordedVisitorFor(asked, request);
    if (recorded === null) return null;
    const { shopId, visitorId } = recorded;
    const receivedAt = new Date();
    if (visitorId !== null) await limit("events-visitor", visitorId, PER_VISITOR);
    const userAgent = request.headers.get("user-agent");
    const { stored } = await ingestBatch({ shopId, visitorId, events, receivedAt, userAgent });
    if (visitorId === null || stored === 0) return null;
    const inviteAfter = await invitationAfter(recorded, visitorId, events, receivedAt);
    return inviteAfter === null ? null : { inviteAfter };
  });

/** For the shop's own systems, with a key. */
export const GET = serve(listEvents, ({ shopId, query }) => list(shopId, query));
