import { listEvents } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { ingestBatch } from "@/lib/insights/ingest";
import { listEvents as list } from "@/lib/insights/list-events";
import { eventBatchSchema } from "@/lib/protocol/http-requests";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { findAllowedOrigin } from "@/lib/visitors/allowed-origin";
import { readableBy } from "@/lib/visitors/cross-origin";
import { invitationAfter } from "@/lib/visitors/invitations/invite";
import { recordedVisitorFor } from "@/lib/visitors/take-requests";

/** Fifty events with the longest addresses the schema takes. */
const MAX_BODY_BYTES = 262_144;
const PER_ADDRESS = { points: 600, seconds: 60 };
/** A quick shopper changes page every second or two. */
const PER_VISITOR = { points: 90, seconds: 60 };

/** POST (text/plain): what a page of the shop saw its visitor do, as far as it may be recorded. */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  let key = "";
  const response = await answer(async () => {
    await limit("events-address", request.headers.get(ADDRESS_HEADER) ?? "unknown", PER_ADDRESS);
    const batch = await readJson(request, eventBatchSchema, MAX_BODY_BYTES);
    key = batch.shopKey;
    const recorded = await recordedVisitorFor(batch, request);
    if (recorded === null) return null;
    const { shopId, visitorId } = recorded;
    const receivedAt = new Date();
    if (visitorId !== null) await limit("events-visitor", visitorId, PER_VISITOR);
    const { stored } = await ingestBatch({
      shopId,
      visitorId,
      events: batch.events,
      receivedAt,
      userAgent: request.headers.get("user-agent"),
    });
    if (visitorId === null || stored === 0) return null;
    const inviteAfter = await invitationAfter(recorded, visitorId, batch.events, receivedAt);
    return inviteAfter === null ? null : { inviteAfter };
  });
  return readableBy(await findAllowedOrigin(key, origin), response);
}

/** For the shop's own systems, with a key. */
export const GET = serve(listEvents, ({ shopId, query }) => list(shopId, query));
