import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { invitationSchema } from "@/lib/protocol/http-requests";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { findAllowedOrigin } from "@/lib/visitors/allowed-origin";
import { readableBy } from "@/lib/visitors/cross-origin";
import { decideInvitation, recordInvitationOpened } from "@/lib/visitors/invitations/invite";
import { recordedVisitorFor } from "@/lib/visitors/take-requests";

/** A visitor token and little else. */
const MAX_BODY_BYTES = 4_096;
const PER_ADDRESS = { points: 120, seconds: 60 };

/** POST (text/plain): a visitor has stayed with a product; is she to be invited? Or: she has opened the invitation. */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  let key = "";
  const response = await answer(async () => {
    await limit("invitations", request.headers.get(ADDRESS_HEADER) ?? "unknown", PER_ADDRESS);
    const asked = await readJson(request, invitationSchema, MAX_BODY_BYTES);
    key = asked.shopKey;
    const recorded = await recordedVisitorFor(asked, request);
    if (recorded === null || recorded.visitorId === null) return { show: false };
    const { shopId, visitorId } = recorded;
    if (!asked.opened) return { show: await decideInvitation(shopId, visitorId, new Date()) };
    await recordInvitationOpened(shopId, visitorId, new Date());
    return null;
  });
  return readableBy(await findAllowedOrigin(key, origin), response);
}
