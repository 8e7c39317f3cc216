import * as Y from "yjs";
import type { Journal } from "@/lib/sync/server/ports";

/** The item that lies on the panel: what `drawMark` draws on unless told otherwise. */
const FIRST_ITEM = "item-0001";

/** A journal in which an item lies on the panel from the start, as if the server had put it there: marks need one. */
export function withItem(journal: Journal): Journal {
  const doc = new Y.Doc();
  // The same bytes in every process and after every restart.
  doc.clientID = 1;
  doc.getMap("items").set(
    FIRST_ITEM,
    new Y.Map<unknown>([
      ["id", FIRST_ITEM],
      ["source", "asset"],
      ["assetId", "00000000-0000-4000-8000-000000000001"],
      ["width", 1_200],
      ["height", 1_600],
    ]),
  );
  const seed = Y.encodeStateAsUpdate(doc);
  return {
    async load(conversationId) {
      const { snapshot, updates } = await journal.load(conversationId);
      return { snapshot, updates: [{ participantId: null, update: seed }, ...updates] };
    },
    append: (batch) => journal.append(batch),
    compact: (conversationId, merge) => journal.compact(conversationId, merge),
  };
}
