/** A visitor without our frame: the HTTP API and a plain y-websocket client, as a hostile or a home-made peer would use. */
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { wire } from "@/lib/protocol/wire";
import type { Demo } from "./demo";

export interface BareClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly conversationId: string;
  close(): void;
}

async function post<T>(
  demo: Demo,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(`${demo.baseUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(demo.shopUrl).origin, ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Opens a conversation of a new visitor and joins its room with nothing but public parts. */
export async function openBareClient(demo: Demo): Promise<BareClient> {
  const { visitorToken } = await post<{ visitorToken: string }>(demo, "/api/v1/visitors", {
    shopKey: demo.shopKey,
  });
  const { conversation } = await post<{ conversation: { conversationId: string; roomToken: string } }>(
    demo,
    "/api/v1/conversations",
    { visitorToken, create: true, locale: "en" },
    { authorization: `Bearer ${visitorToken}`, origin: demo.baseUrl },
  );
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(
    `${demo.baseUrl.replace("http", "ws")}/sync`,
    conversation.conversationId,
    doc,
    {
      params: { token: conversation.roomToken },
      // Node's own WebSocket is newer than the oldest Node we support.
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    },
  );
  // Chat and control are not for it; y-websocket would complain about each of their frames.
  for (const type of [wire.chat, wire.control]) provider.messageHandlers[type] = () => undefined;
  await new Promise<void>((resolve) => provider.once("sync", () => resolve()));
  return {
    doc,
    provider,
    conversationId: conversation.conversationId,
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Writes a mark by hand, as a client that ignores every rule of ours might. */
export function scribble(doc: Y.Doc, item: string, id: string): void {
  doc.transact(() => {
    const mark = new Y.Map<unknown>();
    const fields = {
      id,
      item,
      kind: "rect",
      author: "",
      color: "#0072b2",
      width: 4,
      x: 10,
      y: 10,
      w: 50,
      h: 50,
      createdAt: 1,
    };
    for (const [key, value] of Object.entries(fields)) mark.set(key, value);
    doc.getMap("marks").set(id, mark);
  });
}
