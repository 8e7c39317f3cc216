/** Wire type 16 from a client. A refused message is answered on type 17 with the message's clientId. */
import type { ChatRequest } from "@/lib/protocol/chat-requests";
import { AppError, assertNever } from "@/lib/protocol/errors";
import { errorCodeOf } from "./error-code-of";
import { heardBy } from "./heard-by";
import type { Member } from "./member";
import { chatFrame, controlFrame } from "./outgoing";
import type { Room } from "./room";
import { storableText } from "./storable-text";

export async function receiveChat(room: Room, member: Member, request: ChatRequest): Promise<void> {
  const { participantId, role } = member.claims;
  switch (request.type) {
    case "send":
      return send(room, member, request);
    case "delivered":
      if (role === "supervisor") return;
      return room.chat.receipt(participantId, { deliveredSeq: request.seq, seenSeq: 0 });
    case "seen":
      if (role === "supervisor") return;
      return room.chat.receipt(participantId, { deliveredSeq: request.seq, seenSeq: request.seq });
    case "typing":
      if (room.rightsOf(member).chat) room.chat.setTyping(participantId, request.typing);
      return;
    case "history":
      member.send(chatFrame(heardBy(member.claims, await room.chat.page(request.before))));
      return;
    default:
      assertNever(request);
  }
}

async function send(room: Room, member: Member, request: { clientId: string; text: string }): Promise<void> {
  const { clientId } = request;
  const text = storableText(request.text);
  try {
    if (!room.rightsOf(member).chat) throw new AppError(room.closed ? "conversation_closed" : "forbidden");
    if (text.trim() === "") throw new AppError("bad_request");
    const participantId = member.claims.participantId;
    const { message, repeated } = await room.chat.post({
      clientId,
      participantId,
      body: { kind: "text", text },
    });
    if (repeated) member.send(chatFrame({ type: "message", message }));
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === "unavailable") room.log("a chat message was not stored", error);
    member.send(controlFrame({ type: "refused", id: clientId, code }));
  }
}
