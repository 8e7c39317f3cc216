import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { Doc } from "yjs";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import type { PrismaClient } from "@/lib/db/client";
import type { ParticipantId } from "@/lib/protocol/ids";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { applyStored } from "@/lib/sync/server/stored-panel";
import { openTestDatabase } from "@/tests/support/database";
import { freePort } from "@/tests/support/postgres";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { openJournalDatabase } from "@/tests/support/sync/journal-database";
import { type NodeProcess, startNodeProcess } from "@/tests/support/sync/node-process-handle";
import { random } from "@/tests/support/sync/random";
import { until } from "@/tests/support/sync/until";
import { markIds } from "@/tests/support/sync/world";

const KILLS = 4;
/** The promise of SY13, milliseconds. */
const SAFE_AFTER_MS = 250;
/** Between two strokes of one participant, milliseconds: more than a hand can do. */
const STROKE_EVERY_MS = 12;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let child: NodeProcess | null = null;
let cleanUp: () => Promise<void> = async () => undefined;
const rooms: Room[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) room.close();
  await kill();
  await cleanUp();
});

async function kill(): Promise<void> {
  await child?.kill("SIGKILL");
  child = null;
}

interface Storage {
  /** What the server is told: an address, or the folder of a database that it opens, and that dies with it. */
  readonly argument: string;
  /** Runs while no server does. */
  use<T>(run: (db: PrismaClient) => Promise<T>): Promise<T>;
}

const storages = {
  async postgres(): Promise<Storage> {
    const database = await openTestDatabase("postgres");
    cleanUp = database.close;
    return { argument: database.url, use: (run) => run(database.db) };
  },
  async embedded(): Promise<Storage> {
    const folder = await mkdtemp(join(tmpdir(), "vetrina-crash-"));
    // The database's own process notices a moment later that its server is gone, and writes until then.
    cleanUp = () => rm(folder, { recursive: true, force: true, maxRetries: 50 });
    const argument = join(folder, "postgres");
    return {
      argument,
      async use(run) {
        const database = await openJournalDatabase(argument);
        try {
          return await run(database.db);
        } finally {
          await database.close();
        }
      },
    };
  },
};

/** When each mark of somebody else reached this participant, by performance.now(). */
function watchArrivals(room: Room): Map<string, number> {
  const arrivals = new Map<string, number>();
  room.doc.getMap("marks").observe((event, transaction) => {
    if (transaction.local) return;
    for (const id of event.keysChanged) arrivals.set(id, performance.now());
  });
  return arrivals;
}

describe.each(["postgres", "embedded"] as const)("a server killed with SIGKILL, on %s", (kind) => {
  it(`[SY13] has stored all that a second participant had received ${SAFE_AFTER_MS} ms before (SEED=${seed})`, async () => {
    const next = random(seed);
    const storage = await storages[kind]();
    const place = await storage.use(insertConversation);
    const storedMarks = () =>
      storage.use(async () => {
        const doc = new Doc();
        applyStored(doc, await createPanelJournal().load(place.conversationId));
        return new Set(markIds(doc));
      });
    const port = await freePort();
    const open = (participantId: ParticipantId, role: "agent" | "customer") => {
      const claims = { ...place, participantId, role, name: role, color: 0 };
      const room = openRoom({
        baseUrl: `http://127.0.0.1:${port}`,
        conversationId: place.conversationId,
        getToken: async () => Buffer.from(JSON.stringify(claims)).toString("base64url"),
        createWebSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
      });
      rooms.push(room);
      return room;
    };
    let promised = 0;
    for (let round = 0; round < KILLS; round++) {
      child = await startNodeProcess({ database: storage.argument, port });
      const anna = open(place.agent, "agent");
      const bea = open(place.customer, "customer");
      await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
      const arrivals = [watchArrivals(anna), watchArrivals(bea)];
      const drawing = setInterval(() => {
        drawMark(anna.doc);
        drawMark(bea.doc);
      }, STROKE_EVERY_MS);
      const enough = 60 + next() * 60;
      await until("strokes arrived", () => arrivals.every(({ size }) => size > enough));
      const killed = performance.now();
      await kill();
      clearInterval(drawing);
      // Both leave with what they have: only the database may bring it back.
      anna.close();
      bea.close();
      const stored = await storedMarks();
      const safe = arrivals.flatMap((seen) =>
        [...seen].flatMap(([id, at]) => (at < killed - SAFE_AFTER_MS ? [id] : [])),
      );
      promised += safe.length;
      expect(safe.filter((id) => !stored.has(id))).toEqual([]);
    }
    expect(promised).toBeGreaterThan(60 * KILLS);
    child = await startNodeProcess({ database: storage.argument, port });
    const witness = open(place.agent, "agent");
    await until("in", () => witness.getSnapshot().synced);
    expect(markIds(witness.doc).length).toBeGreaterThanOrEqual(promised);
  }, 120_000);
});
