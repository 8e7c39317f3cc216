/** Storing on real databases that go away: one that turns connections down, and one that no longer answers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { Doc } from "yjs";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { connect, provideDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openEmbedded } from "@/lib/db/open-embedded";
import type { ConversationId } from "@/lib/protocol/ids";
import { applyStored } from "@/lib/sync/server/stored-panel";
import { openTestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Away {
  readonly conversationId: ConversationId;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
}

async function turnsDown(): Promise<Away> {
  const database = await openTestDatabase("postgres");
  closing.push(database.close);
  const { conversationId } = await insertConversation(database.db);
  const admin = async (sql: string) => {
    const url = new URL(database.url);
    const name = url.pathname.slice(1);
    url.pathname = "/postgres";
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    await client.query(sql.replaceAll("NAME", name)).finally(() => client.end());
  };
  return {
    conversationId,
    async leave() {
      await admin("ALTER DATABASE NAME ALLOW_CONNECTIONS false");
      await admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'NAME'");
    },
    comeBack: () => admin("ALTER DATABASE NAME ALLOW_CONNECTIONS true"),
  };
}

async function hangs(): Promise<Away> {
  const folder = await mkdtemp(join(tmpdir(), "vetrina-away-"));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const embedded = await openEmbedded(join(folder, "postgres"), () => undefined);
  closing.push(embedded.close);
  await migrate(embedded.url);
  const client = connect(embedded.url);
  closing.push(client.close);
  provideDb(client.db);
  const { conversationId } = await insertConversation(client.db);
  return {
    conversationId,
    leave: async () => void process.kill(embedded.pid, "SIGSTOP"),
    comeBack: async () => void process.kill(embedded.pid, "SIGCONT"),
  };
}

async function bothIn(world: World) {
  const [anna, bea] = [world.open(world.claims("agent")), world.open(world.claims("customer"))];
  await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
  return { anna, bea };
}

describe.each([
  ["PostgreSQL that turns connections down", turnsDown],
  ["an embedded database that hangs", hangs],
] as const)("with %s", (_name, start) => {
  it("[SY11, SY44] drawing goes on, everybody is told, and in the end all is stored under its author", async () => {
    const away = await start();
    const { conversationId } = away;
    const world = await startWorld({}, { conversationId, journal: createPanelJournal() });
    closing.push(world.close);
    const { anna, bea } = await bothIn(world);
    drawMark(anna.doc);
    await until("stored", () => !anna.getSnapshot().unsaved);
    await away.leave();
    for (let count = 0; count < 20; count++) {
      drawMark(anna.doc);
      drawMark(bea.doc);
    }
    await until("both see all", () => [anna, bea].every(({ doc }) => markIds(doc).length === 41));
    await until("told", () => !anna.getSnapshot().saving && !bea.getSnapshot().saving, 12_000);
    expect(anna.getSnapshot()).toMatchObject({ unsaved: true, rights: { draw: true } });
    await away.comeBack();
    await until("told", () => anna.getSnapshot().saving && bea.getSnapshot().saving, 12_000);
    await until("saved", () => !anna.getSnapshot().unsaved && !bea.getSnapshot().unsaved);
    const doc = new Doc();
    const owners = applyStored(doc, await createPanelJournal().load(conversationId));
    expect(markIds(doc)).toEqual(markIds(anna.doc));
    expect(owners.get(anna.doc.clientID)).toBe(anna.getSnapshot().you);
    expect(owners.get(bea.doc.clientID)).toBe(bea.getSnapshot().you);
  }, 60_000);
});
