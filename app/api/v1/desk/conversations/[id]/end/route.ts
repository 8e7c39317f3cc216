import { requireParticipant } from "@/lib/conversations/conversation-access";
import { endConversation } from "@/lib/conversations/end";
import { type DeskRoute, deskWrite } from "../../../desk-write";

export async function POST(request: Request, route: DeskRoute): Promise<Response> {
  return deskWrite(request, route, (access) => endConversation(requireParticipant(access)));
}
