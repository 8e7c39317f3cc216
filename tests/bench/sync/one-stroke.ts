/** One mark at a time between two of our own clients, with the embedded database: what an installation without DATABASE_URL gives. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { openJournalDatabase } from "@/tests/support/sync/journal-database";
import { until } from "@/tests/support/sync/until";
import { startWorld } from "@/tests/support/sync/world";

/** Milliseconds from each mark drawn by one client to the other client's document. */
export async function oneStrokeTimes(marks: number): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), "vetrina-bench-"));
  const database = await openJournalDatabase(join(folder, "postgres"));
  const { conversationId } = await insertConversation(database.db);
  const world = await startWorld({}, { conversationId, journal: createPanelJournal() });
  const [anna, bea] = [world.open(world.claims("agent")), world.open(world.claims("customer"))];
  await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
  const times: number[] = [];
  for (let count = 0; count < marks; count++) {
    const arrived = new Promise<void>((resolve) => bea.doc.once("update", () => resolve()));
    const start = performance.now();
    drawMark(anna.doc);
    await arrived;
    times.push(performance.now() - start);
  }
  await world.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
  return times;
}
