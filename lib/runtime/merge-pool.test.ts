import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as Y from "yjs";
import { marksOf } from "@/lib/panel/schema";
import { participantIdSchema } from "@/lib/protocol/ids";
import { drawMark } from "@/tests/support/sync/draw";
import { buildTestThread, type TestThread } from "@/tests/support/test-thread";
import { openMergePool } from "./merge-pool";

/** Some 200 KB of updates: merged on a thread. */
const MANY_MARKS = 1_500;
const FEW_MARKS = 5;

let thread: TestThread;
beforeAll(async () => {
  thread = await buildTestThread("merge");
});
afterAll(() => thread.remove());

function drawn(marks: number) {
  const participantId = participantIdSchema.parse(randomUUID());
  const page = new Y.Doc();
  const updates: { participantId: typeof participantId; update: Uint8Array }[] = [];
  page.on("update", (update: Uint8Array) => updates.push({ participantId, update }));
  for (let count = 0; count < marks; count++) drawMark(page);
  return { page, participantId, updates };
}

const marksIn = (state: Uint8Array) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return marksOf(doc).toJSON();
};

it("[SY102] a long journal is merged on a thread, snapshot and all, and the journal stays as it was", async () => {
  const pool = openMergePool(thread.file);
  const { page, participantId, updates } = drawn(MANY_MARKS);
  const first = await pool.merge({ snapshot: null, updates: updates.slice(0, MANY_MARKS / 2) });
  const second = await pool.merge({ snapshot: first, updates: updates.slice(MANY_MARKS / 2) });
  expect(marksIn(second.state)).toEqual(marksOf(page).toJSON());
  expect(second.owners).toEqual(new Map([[page.clientID, participantId]]));
  expect(updates.every(({ update }) => update.length > 0)).toBe(true);
  await pool.close();
});

it("[SY102] a short one is merged without a thread", async () => {
  const pool = openMergePool("/nowhere/merge-worker.mjs");
  const { page, updates } = drawn(FEW_MARKS);
  expect(marksIn((await pool.merge({ snapshot: null, updates })).state)).toEqual(marksOf(page).toJSON());
  await pool.close();
});

it("[SY102] what Yjs cannot read fails on a thread as it does without one, and the next journal is merged", async () => {
  const pool = openMergePool(thread.file);
  const { page, participantId, updates } = drawn(MANY_MARKS);
  const broken = { participantId, update: new Uint8Array(40).fill(255) };
  await expect(pool.merge({ snapshot: null, updates: [...updates, broken] })).rejects.toThrow();
  expect(marksIn((await pool.merge({ snapshot: null, updates })).state)).toEqual(marksOf(page).toJSON());
  await pool.close();
});
