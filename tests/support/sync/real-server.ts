/** A sync server on a free port behind which everything is real: tokens, rights, pictures, chat and journal in a database. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basketControl } from "@/lib/conversations/basket/room-basket";
import { createChatStore } from "@/lib/conversations/chat-store";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { authorize, conversationControl } from "@/lib/conversations/room-ports";
import { resolve } from "@/lib/conversations/room-resolve";
import { SYNC_PATH } from "@/lib/protocol/wire";
import { createSyncServer } from "@/lib/sync/server/create-sync-server";

/** `openTestDatabase` first. */
export async function startRealServer() {
  const logged: string[] = [];
  const sync = createSyncServer(
    {
      authorize,
      resolve,
      journal: createPanelJournal(),
      chat: createChatStore(),
      control: conversationControl,
      basket: basketControl,
      recordEvents: async () => undefined,
      // Whom it ends for what she sends is no fault of the server.
      log: (level, message) => void (level === "warn" || logged.push(`${level} ${message}`)),
    },
    { lingerMs: 100, leaveGraceMs: 50 },
  );
  const http = createServer();
  http.on("upgrade", (request, socket, head) => sync.handleUpgrade(request, socket, head));
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const { port } = http.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    logged,
    roomsPort: sync.roomsPort,
    figures: () => sync.figures(),
    address: (conversationId: string, token: string) =>
      `ws://127.0.0.1:${port}${SYNC_PATH}/${conversationId}?token=${encodeURIComponent(token)}`,
    async close() {
      await sync.close();
      await new Promise((closed) => http.close(closed));
    },
  };
}
