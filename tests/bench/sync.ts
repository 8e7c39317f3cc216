/** From a mark drawn by one client to the other client's document: through socket, checks, storing and relay. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { openJournalDatabase } from "@/tests/support/sync/journal-database";
import { until } from "@/tests/support/sync/until";
import { startWorld, type WorldPlace } from "@/tests/support/sync/world";
import { median, type Row, report } from "./table";

const MARKS = 300;
/** One animation frame at 60 Hz, milliseconds: what storing and relaying may add. */
const FRAME_MS = 16;

async function relayTimes(place: WorldPlace): Promise<number[]> {
  const world = await startWorld({}, place);
  const [anna, bea] = [world.open(world.claims("agent")), world.open(world.claims("customer"))];
  await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
  const times: number[] = [];
  for (let count = 0; count < MARKS; count++) {
    const arrived = new Promise<void>((resolve) => bea.doc.once("update", () => resolve()));
    const start = performance.now();
    drawMark(anna.doc);
    await arrived;
    times.push(performance.now() - start);
  }
  await world.close();
  return times;
}

const row = (figure: string, ours: number, target: number | null): Row => ({
  figure,
  unit: "ms",
  ours,
  peers: {},
  ratio: null,
  target,
});
const rows = (where: string, times: readonly number[], target: number | null): Row[] => {
  const p95 = [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return [row(`relay, ${where}, median`, median(times), target), row(`relay, ${where}, 95 %`, p95, null)];
};

const folder = await mkdtemp(join(tmpdir(), "vetrina-bench-"));
const inMemory = await relayTimes({});
const database = await openJournalDatabase(join(folder, "postgres"));
const { conversationId } = await insertConversation(database.db);
const embedded = await relayTimes({ conversationId, journal: createPanelJournal() });
await database.close();
await rm(folder, { recursive: true, force: true });
const held = await report("sync", [
  ...rows("nothing stored", inMemory, null),
  ...rows("embedded database", embedded, FRAME_MS),
]);
process.exit(held ? 0 : 1);
