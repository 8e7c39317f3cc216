/** Our own message types on y-websocket's socket: one string of JSON each way. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { WebsocketProvider } from "y-websocket";
import { type ChatUpdate, chatUpdateSchema } from "@/lib/protocol/chat";
import type { ChatRequest } from "@/lib/protocol/chat-requests";
import { type ControlUpdate, controlUpdateSchema } from "@/lib/protocol/control";
import type { ControlRequest } from "@/lib/protocol/control-requests";
import { wire } from "@/lib/protocol/wire";

interface Handlers {
  readonly onChat: (update: ChatUpdate) => void;
  readonly onControl: (update: ControlUpdate) => void;
}

/** A frame that does not parse comes from a newer server: it is left out. */
export function listenForJson(provider: WebsocketProvider, handlers: Handlers): void {
  provider.messageHandlers[wire.chat] = (_encoder, decoder) => {
    const update = chatUpdateSchema.safeParse(JSON.parse(decoding.readVarString(decoder)));
    if (update.success) handlers.onChat(update.data);
  };
  provider.messageHandlers[wire.control] = (_encoder, decoder) => {
    const update = controlUpdateSchema.safeParse(JSON.parse(decoding.readVarString(decoder)));
    if (update.success) handlers.onControl(update.data);
  };
}

/** False when there is no open socket. */
export function sendJson(
  provider: WebsocketProvider,
  ...frame: [typeof wire.chat, ChatRequest] | [typeof wire.control, ControlRequest]
): boolean {
  const [type, value] = frame;
  return sendBytes(
    provider,
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, type);
      encoding.writeVarString(encoder, JSON.stringify(value));
    }),
  );
}

export function sendBytes(provider: WebsocketProvider, bytes: Uint8Array<ArrayBuffer>): boolean {
  const socket = provider.ws;
  if (socket === null || socket.readyState !== socket.OPEN) return false;
  socket.send(bytes);
  return true;
}
