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

/** Sets one key of `stage` by hand, `count` times by one client. @param origin of each: none, or always the first */
function setting(count: number, origin: "none" | "first"): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, count, 7, 0]) encoding.writeVarUint(encoder, number);
    for (let index = 0; index < count; index++) {
      const follows = origin === "first" && index > 0;
      // Reference 8 is plain content; 0x80 says that an origin follows, 0x20 that a key does.
      encoding.writeUint8(encoder, follows ? 0x88 : 0x28);
      if (follows) {
        encoding.writeVarUint(encoder, 7);
        encoding.writeVarUint(encoder, 0);
      } else {
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarString(encoder, "stage");
        encoding.writeVarString(encoder, "shown");
      }
      encoding.writeVarUint(encoder, 1);
      encoding.writeAny(encoder, index);
    }
    encoding.writeVarUint(encoder, 0);
  });
}

it("[SY4] overwrites of one entry that do not follow one another are malformed", () => {
  const doc = new Y.Doc();
  expect(checkUpdate(doc, setting(1, "none"))).toMatchObject({ kind: "change", clients: [7] });
  expect(checkUpdate(doc, setting(2, "first"))).toMatchObject({ kind: "change", clients: [7] });
  expect(() => checkUpdate(doc, setting(2, "none"))).toThrow(MalformedFrame);
  expect(() => checkUpdate(doc, setting(3, "first"))).toThrow(MalformedFrame);
  const honest = new Y.Doc();
  for (let count = 0; count < 50; count++) honest.getMap("stage").set("shown", count);
  expect(checkUpdate(doc, Y.encodeStateAsUpdate(honest))).toMatchObject({ kind: "change" });
});

it("[SY9] a list or a text inside a mark is refused: maps all the way down", () => {
  for (const value of [Y.Array.from([1, 2]), new Y.Text("hi")]) {
    const writer = new Y.Doc();
    writer.getMap("marks").set("mark-00000001", new Y.Map([["text", value]]));
    expect(checkUpdate(new Y.Doc(), Y.encodeStateAsUpdate(writer))).toEqual({ kind: "forbidden" });
  }
});
