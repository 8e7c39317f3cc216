/** Opens a room over y-websocket. */
import type { Room } from "./room";

export interface OpenRoomOptions {
  /** Our server, such as https://vetrina.example; http(s) becomes ws(s). */
  readonly baseUrl: string;
  readonly conversationId: string;
  /** Called before each connection and before the token runs out. @throws AppError `not_found`/`forbidden` ends the room. */
  readonly getToken: () => Promise<string>;
  /** For tests and for runtimes without a global WebSocket. */
  readonly createWebSocket?: (url: string, protocols?: string | string[]) => WebSocket;
}

export function openRoom(_options: OpenRoomOptions): Room {
  throw new Error("not written yet");
}
