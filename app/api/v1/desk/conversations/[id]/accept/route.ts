import { acceptConversation } from "@/lib/conversations/accept";
import { type DeskRoute, deskWrite } from "../../../desk-write";

export async function POST(request: Request, route: DeskRoute): Promise<Response> {
  return deskWrite(request, route, async (access) => {
    const { participantId } = await acceptConversation(access);
    return { participantId };
  });
}
