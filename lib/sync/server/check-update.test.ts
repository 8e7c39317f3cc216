import * as encoding from "lib0/encoding";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { drawMark } from "@/tests/support/sync/draw";
import { PanelCheck } from "./check-panel";
import { checkUpdate as checkWith, type UpdateVerdict } from "./check-update";
import { MalformedFrame } from "./frame";
import { PanelIndex } from "./panel-index";

const ITEM = "item-0001";

/** As an agent who may change everything. */
function checkUpdate(doc: Y.Doc, update: Uint8Array): UpdateVerdict {
  return checkWith(
    doc,
    update,
    new PanelCheck(new PanelIndex(doc), { participantId: "agent", editOthers: true, show: true }),
  );
}

/** A panel with one item on it. */
function panel(): Y.Doc {
  const doc = new Y.Doc();
  const fields = {
    source: "asset",
    assetId: "00000000-0000-0000-0000-000000000001",
    width: 100,
    height: 100,
  };
  doc.getMap("items").set(ITEM, new Y.Map(Object.entries(fields)));
  return doc;
}

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
  const doc = panel();
  doc.clientID += 1;
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
      encoding.writeAny(encoder, ITEM);
    }
    encoding.writeVarUint(encoder, 0);
  });
}

it("[SY4] overwrites of one entry that do not follow one another are malformed", () => {
  const doc = panel();
  expect(checkUpdate(doc, setting(1, "none"))).toMatchObject({ kind: "change", clients: [7] });
  expect(checkUpdate(doc, setting(2, "first"))).toMatchObject({ kind: "change", clients: [7] });
  expect(() => checkUpdate(doc, setting(2, "none"))).toThrow(MalformedFrame);
  expect(() => checkUpdate(doc, setting(3, "first"))).toThrow(MalformedFrame);
  const honest = new Y.Doc();
  for (let count = 0; count < 50; count++) honest.getMap("stage").set("shown", ITEM);
  expect(checkUpdate(doc, Y.encodeStateAsUpdate(honest))).toMatchObject({ kind: "change" });
});

it("[SY9] a list or a text inside a mark is refused: maps all the way down", () => {
  for (const value of [Y.Array.from([1, 2]), new Y.Text("hi")]) {
    const writer = new Y.Doc();
    writer.getMap("marks").set("mark-00000001", new Y.Map([["text", value]]));
    expect(checkUpdate(new Y.Doc(), Y.encodeStateAsUpdate(writer))).toMatchObject({ kind: "refused" });
  }
});

describe("a comparison on the stage", () => {
  const other = "item-0002";
  const value = { item: ITEM, with: other, mode: "over", opacity: 0.5, linked: true, by: "bea" };

  /** What setting or deleting `stage.compare` comes to, for a customer, on a panel with two items. */
  function verdict(write: (stage: Y.Map<unknown>) => void): UpdateVerdict {
    const doc = panel();
    doc.getMap("items").set(other, (doc.getMap("items").get(ITEM) as Y.Map<unknown>).clone());
    doc.getMap("stage").set("compare", { ...value, by: "anna" });
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(copy);
    write(copy.getMap("stage"));
    const writer = { participantId: "bea", editOthers: false, show: true };
    return checkWith(doc, Y.encodeStateAsUpdate(copy, before), new PanelCheck(new PanelIndex(doc), writer));
  }
  const compare = (change: object) => verdict((stage) => void stage.set("compare", { ...value, ...change }));

  it("[SY84] of two items that are there, signed by its writer or nobody, is taken; anybody may end it", () => {
    expect(compare({})).toMatchObject({ kind: "change" });
    expect(compare({ by: "", mode: "beside", opacity: 1, linked: false })).toMatchObject({ kind: "change" });
    expect(verdict((stage) => stage.delete("compare"))).toMatchObject({ kind: "change" });
  });

  it("[SY84] of anything else is refused", () => {
    const refused = (code: string) => ({ kind: "refused", code });
    for (const change of [
      { by: "anna" },
      { with: ITEM },
      { mode: "under" },
      { opacity: 2 },
      { opacity: Number.NaN },
      { linked: 1 },
      { more: "x".repeat(10_000) },
    ]) {
      expect(compare(change), JSON.stringify(change)).toEqual(refused("bad_request"));
    }
    expect(compare({ with: "item-9999" })).toEqual(refused("conflict"));
    expect(verdict((stage) => void stage.set("compare", null))).toEqual(refused("bad_request"));
    const nested = new Y.Map(Object.entries(value));
    expect(verdict((stage) => void stage.set("compare", nested))).toEqual(refused("bad_request"));
  });
});

describe("a video on the panel", () => {
  const KEY = `playback:${ITEM}`;
  const value = { playing: true, at: 12_000, since: 1_800_000_000_000, rate: 1.5 };
  const refused = (code: string) => ({ kind: "refused", code });

  /** What a customer's change comes to. @param duration of the item, milliseconds; null for a picture */
  function verdict(write: (doc: Y.Doc) => void, duration: number | null = 20_000.4): UpdateVerdict {
    const doc = panel();
    const item = doc.getMap("items").get(ITEM);
    if (item instanceof Y.Map && duration !== null) item.set("duration", duration);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(copy);
    write(copy);
    const writer = { participantId: "bea", editOthers: false, show: true };
    return checkWith(doc, Y.encodeStateAsUpdate(copy, before), new PanelCheck(new PanelIndex(doc), writer));
  }
  const played =
    (change: object, key = KEY) =>
    (doc: Y.Doc) =>
      void doc.getMap("stage").set(key, { ...value, ...change });
  const drawn = (moment: unknown) => (doc: Y.Doc) => {
    const fields = {
      id: "mark-00000001",
      item: ITEM,
      kind: "rect",
      author: "bea",
      color: "#d55e00",
      width: 4,
    };
    const rest = { x: 10, y: 10, w: 20, h: 20, createdAt: 1, moment };
    doc.getMap("marks").set(fields.id, new Y.Map(Object.entries({ ...fields, ...rest })));
  };

  it("[SY86] is played, paused and moved by anybody who may draw", () => {
    expect(verdict(played({}))).toMatchObject({ kind: "change" });
    expect(verdict(played({ playing: false, at: 20_001, since: 0, rate: 0.5 }))).toMatchObject({
      kind: "change",
    });
  });

  it("[SY86] anything else about it is refused, and so is playing what does not run or is not there", () => {
    for (const change of [
      { playing: 1 },
      { at: -1 },
      { at: 0.5 },
      { at: 20_002 },
      { since: -1 },
      { rate: 16 },
      { more: "x".repeat(10_000) },
    ]) {
      expect(verdict(played(change)), JSON.stringify(change)).toEqual(refused("bad_request"));
    }
    expect(verdict(played({}), null)).toEqual(refused("bad_request"));
    expect(verdict(played({}, "playback:"))).toEqual(refused("bad_request"));
    expect(verdict(played({}, "playback:item-9999"))).toEqual(refused("conflict"));
    const nested = new Y.Map(Object.entries(value));
    expect(verdict((doc) => void doc.getMap("stage").set(KEY, nested))).toEqual(refused("bad_request"));
  });

  it("[SY87] carries marks of its moments; a picture has none", () => {
    for (const moment of [0, 12_345, 20_001]) {
      expect(verdict(drawn(moment)), String(moment)).toMatchObject({ kind: "change" });
    }
    for (const moment of [-1, 0.5, 20_002, "0:12", null]) {
      expect(verdict(drawn(moment)), String(moment)).toEqual(refused("bad_request"));
    }
    expect(verdict(drawn(0), null)).toEqual(refused("bad_request"));
  });

  it("[SY87] a mark's moment is set with it, and stays", () => {
    const doc = panel();
    const item = doc.getMap("items").get(ITEM);
    if (item instanceof Y.Map) item.set("duration", 20_000);
    drawn(1_000)(doc);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(copy);
    const mark = copy.getMap("marks").get("mark-00000001");
    if (mark instanceof Y.Map) mark.set("moment", 2_000);
    expect(checkUpdate(doc, Y.encodeStateAsUpdate(copy, before))).toEqual(refused("bad_request"));
  });
});

describe("what fits the panel", () => {
  const id = "mark-00000001";
  const fields = { id, item: ITEM, kind: "rect", author: "bea", color: "#d55e00", width: 4 };
  const geometry = { x: 10, y: 10, w: 20, h: 20, createdAt: 1 };
  const bea = { participantId: "bea", editOthers: false, show: true };
  const anna = { participantId: "anna", editOthers: true, show: true };

  /** What `write` adds to a panel with an item and, from `author`, a mark. */
  function verdict(write: (doc: Y.Doc) => void, writer = bea, author = "anna"): UpdateVerdict {
    const doc = panel();
    doc.getMap("marks").set("mark-theirs", new Y.Map(Object.entries({ ...fields, ...geometry, author })));
    const index = new PanelIndex(doc);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(copy);
    write(copy);
    return checkWith(doc, Y.encodeStateAsUpdate(copy, before), new PanelCheck(index, writer));
  }
  const put = (change: object) => (doc: Y.Doc) =>
    void doc.getMap("marks").set(id, new Y.Map(Object.entries({ ...fields, ...geometry, ...change })));
  const theirs = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>("marks").get("mark-theirs");

  it("[SY60] a mark of one's own, as the panel draws it, is taken", () => {
    expect(verdict(put({}))).toMatchObject({ kind: "change", adds: true });
    expect(verdict(put({ author: "" }))).toMatchObject({ kind: "change" });
    const points = new Uint8Array(12);
    expect(verdict(put({ kind: "pen", points }))).toMatchObject({ kind: "change" });
    expect(verdict(put({ kind: "text", text: "This seam" }))).toMatchObject({ kind: "change" });
    // A wide screen shows a picture with room beside it.
    expect(verdict(put({ x: -90, y: 190 }))).toMatchObject({ kind: "change" });
  });

  it.each([
    ["an unknown field", { evil: 1 }],
    ["a kind that there is not", { kind: "skull" }],
    ["a colour that is none", { color: "url(https://evil.example)" }],
    ["a number that is none", { x: "10" }],
    ["no number at all", { w: Number.NaN }],
    ["a place far outside of the picture", { x: 100_000 }],
    ["a size far beyond the picture", { w: 100_000 }],
    ["a text that is too long", { kind: "text", text: "a".repeat(501) }],
    ["points that are none", { kind: "pen", points: new Uint8Array(13) }],
    ["points beyond measure", { kind: "pen", points: new Uint8Array(6 * 4_001) }],
    ["another mark's id", { id: "mark-99999999" }],
    ["somebody else's signature", { author: "anna" }],
  ])("[SY60] a mark with %s is refused", (_what, change) => {
    expect(verdict(put(change))).toEqual({ kind: "refused", code: "bad_request" });
  });

  it("[SY60] a mark on an item that is not on the panel is refused", () => {
    expect(verdict(put({ item: "item-9999" }))).toEqual({ kind: "refused", code: "conflict" });
    expect(verdict(put({ item: undefined }))).toEqual({ kind: "refused", code: "conflict" });
  });

  it("[SY60] a mark cannot be moved to another item or signed anew later", () => {
    for (const [field, value] of [
      ["item", ITEM],
      ["author", "bea"],
    ] as const) {
      expect(verdict((doc) => theirs(doc)?.set(field, value), bea, "bea")).toEqual({
        kind: "refused",
        code: "bad_request",
      });
    }
  });

  it("[SY60] the stage holds a shown item and a view of one, and nothing else", () => {
    const stage = (key: string, value: unknown) => verdict((doc) => void doc.getMap("stage").set(key, value));
    expect(stage("shown", ITEM)).toMatchObject({ kind: "change" });
    expect(stage("view", { item: ITEM, cx: 1, cy: 2, zoom: 3 })).toMatchObject({ kind: "change" });
    expect(stage("shown", "item-9999")).toEqual({ kind: "refused", code: "conflict" });
    expect(stage("shown", { toString: "item" })).toEqual({ kind: "refused", code: "bad_request" });
    expect(stage("view", { item: ITEM, cx: 1, cy: 2, zoom: 1e9 })).toEqual({
      kind: "refused",
      code: "bad_request",
    });
    expect(stage("view", { item: ITEM, cx: 1, cy: 2, zoom: 3, more: "x" })).toMatchObject({
      kind: "refused",
    });
    expect(stage("theme", "dark")).toEqual({ kind: "refused", code: "bad_request" });
  });

  const changes: [string, (doc: Y.Doc) => void][] = [
    ["moves", (doc) => theirs(doc)?.set("x", 30)],
    ["deletes", (doc) => doc.getMap("marks").delete("mark-theirs")],
    ["empties", (doc) => theirs(doc)?.delete("x")],
    [
      "replaces",
      (doc) =>
        doc.getMap("marks").set("mark-theirs", new Y.Map(Object.entries({ ...fields, id: "mark-theirs" }))),
    ],
  ];
  it.each(changes)("[SY61] a customer who %s another's mark is refused, her own is hers", (what, change) => {
    expect(verdict(change)).toEqual({ kind: "refused", code: "forbidden" });
    expect(verdict(change, bea, "bea").kind).toBe("change");
    if (what !== "replaces") expect(verdict(change, anna, "bea").kind).toBe("change");
  });

  it("[SY61] an agent who undoes her deletion brings a mark back under its author's name", () => {
    const doc = panel();
    doc
      .getMap("marks")
      .set("mark-theirs", new Y.Map(Object.entries({ ...fields, ...geometry, id: "mark-theirs" })));
    const index = new PanelIndex(doc);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const undo = new Y.UndoManager(copy.getMap("marks"), { captureTimeout: 0 });
    const sent: Uint8Array[] = [];
    copy.on("update", (update: Uint8Array) => sent.push(update));
    copy.getMap("marks").delete("mark-theirs");
    undo.undo();
    const check = (update: Uint8Array | undefined, writer = anna) =>
      checkWith(doc, update ?? new Uint8Array(), new PanelCheck(index, writer));
    expect(check(sent[0])).toMatchObject({ kind: "change", adds: false });
    Y.applyUpdate(doc, sent[0] ?? new Uint8Array());
    expect(check(sent[1])).toMatchObject({ kind: "change", adds: true });
    expect(check(sent[1], { participantId: "carl", editOthers: false, show: true })).toMatchObject({
      kind: "refused",
    });
  });

  it("[SY62] past the number of marks that an item may carry, one more is refused", () => {
    const doc = panel();
    doc.transact(() => {
      for (let count = 0; count < 5_000; count++) {
        doc.getMap("marks").set(`mark-${String(count).padStart(8, "0")}`, new Y.Map([["item", ITEM]]));
      }
    });
    const index = new PanelIndex(doc);
    const more = new Y.Doc();
    more
      .getMap("marks")
      .set("mark-one-more", new Y.Map(Object.entries({ ...fields, ...geometry, id: "mark-one-more" })));
    const update = Y.encodeStateAsUpdate(more);
    expect(checkWith(doc, update, new PanelCheck(index, bea))).toEqual({
      kind: "refused",
      code: "panel_full",
    });
    doc.getMap("marks").delete("mark-00000000");
    expect(checkWith(doc, update, new PanelCheck(index, bea))).toMatchObject({ kind: "change" });
  });
});
