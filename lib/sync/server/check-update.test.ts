import * as encoding from "lib0/encoding";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { drawMark } from "@/tests/support/sync/draw";
import { checkUpdate } from "./check-update";
import { MalformedFrame } from "./frame";

/** No new content, and these ranges of one client's history deleted. */
function deleting(client: number, ranges: readonly (readonly [clock: number, length: number])[]): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [0, 1, client, ranges.length]) encoding.writeVarUint(encoder, number);
    for (const [clock, length] of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  });
}

it("[SY4] deletions that name the same history again and again are malformed, not worked through", () => {
  const doc = new Y.Doc();
  for (let count = 0; count < 20; count++) drawMark(doc);
  const all = Y.getState(doc.store, doc.clientID);
  expect(checkUpdate(doc, deleting(doc.clientID, [[0, all]]))).toMatchObject({ kind: "change", adds: false });
  const apart = [
    [0, 2],
    [5, 3],
  ] as const;
  expect(checkUpdate(doc, deleting(doc.clientID, apart))).toMatchObject({ kind: "change" });
  for (const ranges of [
    [
      [0, all],
      [0, all],
    ],
    [
      [0, 4],
      [3, 4],
    ],
    [
      [5, 3],
      [0, 2],
    ],
  ] as const) {
    expect(() => checkUpdate(doc, deleting(doc.clientID, ranges))).toThrow(MalformedFrame);
  }
});
