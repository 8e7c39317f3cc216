import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { marksOf } from "@/lib/panel/schema";
import { participantIdSchema } from "@/lib/protocol/ids";
import { drawMark } from "@/tests/support/sync/draw";
import { mergeStored } from "./stored-panel";

const MARKS = 1_000;
/** Each of a few milliseconds, on a slow machine too. */
const LEAST_TURNS = 10;

it("[SY102] others have their turns while a journal is merged, and all of it is in what comes out", async () => {
  const participantId = participantIdSchema.parse(randomUUID());
  const page = new Y.Doc();
  const updates: { participantId: typeof participantId; update: Uint8Array }[] = [];
  page.on("update", (update: Uint8Array) => updates.push({ participantId, update }));
  for (let count = 0; count < MARKS; count++) drawMark(page);

  let turns = 0;
  let merging = true;
  const takeTurn = () => {
    turns++;
    if (merging) setImmediate(takeTurn);
  };
  setImmediate(takeTurn);
  const { state, owners } = await mergeStored({ snapshot: null, updates });
  merging = false;

  expect(turns).toBeGreaterThanOrEqual(LEAST_TURNS);
  expect(owners).toEqual(new Map([[page.clientID, participantId]]));
  const merged = new Y.Doc();
  Y.applyUpdate(merged, state);
  expect(marksOf(merged).toJSON()).toEqual(marksOf(page).toJSON());
});
