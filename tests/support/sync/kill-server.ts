/**
 * A sync server as a process of its own, on a real database, to be killed: `DATABASE PORT`, where DATABASE is an
 * address, or the folder of an embedded one of its own. Tokens are claims in
 * base64; everything that is stored goes through the real adapters.
 */
import { createServer } from "node:http";
import { createChatStore } from "@/lib/conversations/chat-store";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { connect, provideDb } from "@/lib/db/client";
import { conversationIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { createSyncServer } from "@/lib/sync/server/create-sync-server";
import type { Claims } from "@/lib/sync/server/ports";
import { openJournalDatabase } from "./journal-database";
import { withItem } from "./with-item";

const [database = "", port = "0"] = process.argv.slice(2);
const { db } = database.includes("://") ? connect(database) : await openJournalDatabase(database);
provideDb(db);

const sync = createSyncServer({
  journal: withItem(createPanelJournal()),
  chat: createChatStore(),
  authorize: {
    async admit(_conversationId, token) {
      const claims = JSON.parse(Buffer.from(token, "base64url").toString()) as Claims;
      return { kind: "admitted", claims, expiresAt: Date.now() + 600_000 };
    },
    async findConversation(conversationId) {
      const row = await db.conversation.findUniqueOrThrow({ where: { id: conversationId } });
      return {
        conversationId: conversationIdSchema.parse(row.id),
        shopId: shopIdSchema.parse(row.shopId),
        status: "open",
        drawingLocked: false,
        participants: [],
      };
    },
  },
  resolve: {
    findProductPicture: async () => null,
    findConversationPicture: async () => null,
    findProductCard: async () => null,
  },
  control: { setDrawingLocked: async () => undefined, end: async () => undefined },
  recordEvents: async () => undefined,
});

const http = createServer();
http.on("upgrade", (request, socket, head) => sync.handleUpgrade(request, socket, head));
http.listen(Number(port), "127.0.0.1", () => process.stdout.write("listening\n"));
