import { joinConversation } from "@/lib/conversations/join";
import { type DeskRoute, deskWrite } from "../../../desk-write";

export async function POST(request: Request, route: DeskRoute): Promise<Response> {
  return deskWrite(request, route, async (access) => {
    const { participantId } = await joinConversation(access);
    return { participantId };
  });
}
