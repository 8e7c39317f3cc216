import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import type { ParticipantId } from "@/lib/protocol/ids";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { freePort } from "@/tests/support/postgres";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { random } from "@/tests/support/sync/random";
import { until } from "@/tests/support/sync/until";
import { markIds } from "@/tests/support/sync/world";

const KILLS = 2;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const script = fileURLToPath(new URL("../../tests/support/sync/kill-server.ts", import.meta.url));

let database: TestDatabase;
let child: ChildProcess | null = null;
const rooms: Room[] = [];
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterEach(() => {
  for (const room of rooms) room.close();
  child?.kill("SIGKILL");
});
afterAll(() => database.close());

async function startServer(port: number): Promise<ChildProcess> {
  const started = spawn(process.execPath, ["--import", "tsx", script, database.url, String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (started.stdout) await once(started.stdout, "data");
  return started;
}

describe("a killed server", () => {
  it(`[SY13] has lost nothing that a second participant had seen (SEED=${seed})`, async () => {
    const next = random(seed);
    const place = await insertConversation(database.db);
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
    const seen = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      child = await startServer(port);
      const anna = open(place.agent, "agent");
      const bea = open(place.customer, "customer");
      await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
      for (const id of seen) expect(markIds(bea.doc)).toContain(id);
      const drawing = setInterval(() => {
        drawMark(anna.doc);
        drawMark(bea.doc);
      }, 10);
      // What both have on their screens was drawn by one and relayed by the server to the other.
      const shared = () => markIds(anna.doc).filter((id) => bea.doc.getMap("marks").has(id));
      const enough = seen.size + 20 + next() * 60;
      await until("some were seen", () => shared().length > enough);
      child.kill("SIGKILL");
      await once(child, "exit");
      clearInterval(drawing);
      for (const id of shared()) seen.add(id);
      // Both leave with what they have: only the database may bring it back.
      anna.close();
      bea.close();
    }
    child = await startServer(port);
    const witness = open(place.agent, "agent");
    await until("in", () => witness.getSnapshot().synced);
    const left = new Set(markIds(witness.doc));
    expect([...seen].filter((id) => !left.has(id))).toEqual([]);
    expect(seen.size).toBeGreaterThan(20 * KILLS);
  }, 60_000);
});
