import { listConversations } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { requireNewestToken } from "@/lib/auth/require-visitor";
import { requireConversationAccess } from "@/lib/conversations/access";
import { requireParticipant } from "@/lib/conversations/conversation-access";
import { followStorefront } from "@/lib/conversations/follow-storefront";
import { findOpenConversation, openConversation } from "@/lib/conversations/open-conversation";
import { createRoomToken } from "@/lib/conversations/room-token";
import { answer } from "@/lib/http/answer";
import { deviceOf } from "@/lib/http/device-of";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { listConversations as list } from "@/lib/insights/list-conversations";
import { openConversationSchema } from "@/lib/protocol/http-requests";
import { defaultLocale, matchLocale } from "@/lib/protocol/locales";

/** A frame asks at its opening and after each reconnect. */
const ALLOWANCE = { points: 60, seconds: 60 };

/** The visitor's open conversation, or (with `create`) a new one, and the token for its room. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const body = await readJson(request, openConversationSchema);
    const visitor = await requireNewestToken(body.visitorToken);
    await limit("open-conversation", visitor.visitorId, ALLOWANCE);
    const locale = matchLocale(body.locale) ?? defaultLocale;
    const origin = { device: deviceOf(request.headers), trigger: body.trigger };
    const opened = await (body.create
      ? openConversation(visitor, locale, origin)
      : findOpenConversation(visitor));
    if (opened === null) return { conversation: null };
    await followStorefront(visitor, opened.conversationId, body.language);
    const asVisitor = new Headers({ authorization: `Bearer ${body.visitorToken}` });
    const access = requireParticipant(await requireConversationAccess(asVisitor, opened.conversationId));
    const { conversationId, participant } = access;
    const roomToken = await createRoomToken(access);
    return { conversation: { conversationId, participantId: participant.participantId, roomToken } };
  });
}

/** For the shop's own systems, with a key. */
export const GET = serve(listConversations, ({ shopId, query }) => list(shopId, query));
