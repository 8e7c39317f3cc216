import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Claims } from "@/lib/sync/server/ports";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";
import { PanelCheck } from "./check-panel";
import { checkUpdate } from "./check-update";
import { PanelIndex } from "./panel-index";

let world: World;
/** How far the server's clock runs ahead, milliseconds. */
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  world = await startWorld({ now: () => Date.now() + ahead });
});
afterEach(() => world.close());

/** Strokes as long as may be: about 24 KB each. */
function drawLongStrokes(doc: Y.Doc, count: number): void {
  for (let stroke = 0; stroke < count; stroke++) {
    const mark = doc.getMap<Y.Map<unknown>>("marks").get(drawMark(doc));
    mark?.set("kind", "pen");
    mark?.set("points", new Uint8Array(24_000));
  }
}

/** What a document's history says, as one update. */
function updateOf(change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  change(doc);
  return Y.encodeStateAsUpdate(doc);
}
/** What `change` adds to a document that already holds `base`. */
function updateOn(base: readonly Uint8Array[], change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  for (const part of base) Y.applyUpdate(doc, part);
  const before = Y.encodeStateVector(doc);
  change(doc);
  return Y.encodeStateAsUpdate(doc, before);
}
const mark = () => updateOf((doc) => void drawMark(doc));

async function refused(claims: Claims, update: Uint8Array): Promise<RawClient> {
  const client = await connectRaw(world.address(world.token(claims)));
  client.sendUpdate(new Uint8Array([0, 0]), 1);
  client.sendUpdate(update);
  await until("refused", () => client.refusals().length > 0);
  return client;
}

async function expectNothingStored(): Promise<void> {
  const witness = world.open(world.claims("agent"));
  await until("in", () => witness.getSnapshot().synced);
  expect(markIds(witness.doc)).toEqual([]);
  expect(world.journal.parts(world.conversationId)).toHaveLength(0);
}

describe("who may write", () => {
  it("[SY8] a locked customer's hand-made write is refused, and an agent's is not", async () => {
    world.conversation = { ...world.conversation, drawingLocked: true };
    const customer = await refused(world.claims("customer"), mark());
    expect(customer.refusals()).toEqual(["drawing_locked"]);
    await expectNothingStored();
    const agent = world.open(world.claims("agent"));
    await until("in", () => agent.getSnapshot().synced);
    drawMark(agent.doc);
    await until("stored", () => !agent.getSnapshot().unsaved);
    expect(agent.getSnapshot().lastRefusal).toBeNull();
  });

  it("[SY8] a lock counts from the moment it is set, also for who is in the room", async () => {
    const agent = world.open(world.claims("agent"));
    const customer = await connectRaw(world.address(world.token(world.claims("customer"))));
    await until("in", () => agent.getSnapshot().synced);
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => customer.sendUpdate(update));
    drawMark(doc);
    await until("the first arrived", () => markIds(agent.doc).length === 1);
    await agent.request({ type: "lock-drawing", locked: true });
    drawMark(doc);
    await until("refused", () => customer.refusals().length === 1);
    expect(customer.refusals()).toEqual(["drawing_locked"]);
    expect(markIds(agent.doc)).toHaveLength(1);
  });

  it("[SY8] a supervisor's write is refused", async () => {
    const supervisor = await refused(world.claims("supervisor"), mark());
    expect(supervisor.refusals()).toEqual(["forbidden"]);
    await expectNothingStored();
  });

  it("[SY8] a customer's write to a closed room is refused, also as an answer to the server's question", async () => {
    world.conversation = { ...world.conversation, status: "closed" };
    const claims = world.claims("customer");
    const customer = await refused(claims, mark());
    expect(customer.refusals()).toEqual(["conversation_closed"]);
    customer.sendUpdate(mark(), 1);
    await until("refused again", () => customer.refusals().length === 2);
    await expectNothingStored();
  });

  it("[SY8] a reader who has nothing to add is not refused", async () => {
    const agent = world.open(world.claims("agent"));
    await until("in", () => agent.getSnapshot().synced);
    const id = drawMark(agent.doc);
    agent.doc.getMap("marks").delete(id);
    await until("stored", () => !agent.getSnapshot().unsaved);
    const supervisor = world.open(world.claims("supervisor"));
    await until("in", () => supervisor.getSnapshot().synced);
    await supervisor.request({ type: "end" }).catch(() => undefined);
    expect(supervisor.getSnapshot().lastRefusal).toBeNull();
  });
});

it("[SY63] who goes on sending what is refused is closed, and the others go on", async () => {
  const witness = world.open(world.claims("agent"));
  await until("in", () => witness.getSnapshot().synced);
  const client = await connectRaw(world.address(world.token(world.claims("customer"))));
  client.sendUpdate(new Uint8Array([0, 0]), 1);
  for (let count = 0; count < 40; count++) {
    client.sendUpdate(updateOf((doc) => void doc.getMap("secrets").set("a", count)));
  }
  await until("closed", () => client.closeCode !== null);
  expect(client.closeCode).toBe(4429);
  expect(client.refusals().length).toBeGreaterThan(1);
  drawMark(witness.doc);
  await until("stored", () => !witness.getSnapshot().unsaved);
});

/** A value as a hostile page nests it. */
function nested(levels: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

describe("what clients may write", () => {
  it("[SY36] a value nested deeper than readers' stacks may take is refused, and the room goes on", async () => {
    for (const write of [
      (doc: Y.Doc) => doc.getMap("stage").set("view", nested(3_000)),
      (doc: Y.Doc) => doc.getMap("marks").set("mark-00000001", new Y.Map([["item", nested(9)]])),
      (doc: Y.Doc) => {
        const text = new Y.Text("a");
        doc.getMap("marks").set("mark-00000002", text);
        text.format(0, 1, { bold: nested(9) as object });
        text.insertEmbed(1, nested(9) as object);
      },
    ]) {
      const client = await refused(world.claims("customer"), updateOf(write));
      expect(client.refusals()).toEqual(["forbidden"]);
      expect(client.closeCode).toBeNull();
    }
    await expectNothingStored();
    const honest = world.open(world.claims("agent"));
    await until("in", () => honest.getSnapshot().synced);
    honest.doc.getMap("stage").set("view", { item: "item-0001", cx: 1, cy: 1, zoom: 1 });
    await until("stored", () => !honest.getSnapshot().unsaved);
    expect(honest.getSnapshot().lastRefusal).toBeNull();
  });
});

describe("where clients may write", () => {
  const itemId = async () => {
    const source = { assetId: world.assetId, productId: null, width: 10, height: 10, title: "" };
    return world.server.roomsPort.putItem(world.conversationId, { source: "asset", ...source }, null);
  };
  const stored = () => world.journal.parts(world.conversationId);
  const hostile: [string, (doc: Y.Doc, item: string) => void][] = [
    ["adds an item", (doc) => doc.getMap("items").set("item-evil", new Y.Map([["assetId", "x"]]))],
    ["replaces an item", (doc, item) => doc.getMap("items").set(item, "mine now")],
    ["deletes an item", (doc, item) => doc.getMap("items").delete(item)],
    [
      "changes a field inside an item",
      (doc, item) => {
        const map = doc.getMap("items").get(item);
        if (map instanceof Y.Map) map.set("assetId", "https://evil.example/x.png");
      },
    ],
    [
      "deletes a field inside an item",
      (doc, item) => {
        const map = doc.getMap("items").get(item);
        if (map instanceof Y.Map) map.delete("title");
      },
    ],
    ["writes under a name of its own", (doc) => doc.getMap("secrets").set("a", 1)],
    [
      "hides an item among marks",
      (doc) => {
        doc.transact(() => {
          drawMark(doc);
          doc.getMap("items").set("item-evil", 1);
        });
      },
    ],
    ["puts a list into marks", (doc) => doc.getArray("marks").push(["unseen"])],
    [
      "nests deeper than a mark",
      (doc) => {
        let map = doc.getMap("marks");
        for (let depth = 0; depth < 8; depth++) {
          const inner = new Y.Map<unknown>();
          map.set("x", inner);
          map = inner;
        }
      },
    ],
    ["brings a whole document", (doc) => doc.getMap("marks").set("mark-evil", new Y.Doc())],
  ];
  for (const [what, write] of hostile) {
    it(`[SY9] an update that ${what} is refused as a whole`, async () => {
      const item = await itemId();
      const base = await stored();
      // The server's document has maps at its roots; a hostile one need not.
      const doc = new Y.Doc();
      if (what !== "puts a list into marks") doc.getMap("marks");
      for (const part of base) Y.applyUpdate(doc, part);
      const before = Y.encodeStateVector(doc);
      write(doc, item);
      const client = await refused(world.claims("agent"), Y.encodeStateAsUpdate(doc, before));
      expect(client.refusals()).toEqual(["forbidden"]);
      expect(await stored()).toEqual(base);
    });
  }

  it("[SY9] what stands where comes from the document, not from the update's word", async () => {
    const item = await itemId();
    const base = await stored();
    const doc = new Y.Doc();
    for (const part of base) Y.applyUpdate(doc, part);
    const before = Y.encodeStateVector(doc);
    doc.getMap("items").set(item, "mine");
    const verdict = check(loaded(base), Y.encodeStateAsUpdate(doc, before));
    expect(verdict).toEqual({ kind: "refused", code: "forbidden" });
    const honest = updateOn(base, (copy) => copy.getMap("stage").set("shown", item));
    expect(check(loaded(base), honest)).toMatchObject({ kind: "change", adds: true });
  });

  const check = (doc: Y.Doc, update: Uint8Array) =>
    checkUpdate(
      doc,
      update,
      new PanelCheck(new PanelIndex(doc), { participantId: "agent", editOthers: true, show: true }),
    );
  const loaded = (parts: readonly Uint8Array[]) => {
    const doc = new Y.Doc();
    doc.getMap("items");
    for (const part of parts) Y.applyUpdate(doc, part);
    return doc;
  };

  it("[SY17] continuing somebody else's history is refused, and the owner goes on", async () => {
    const owner = world.open(world.claims("customer"));
    await until("in", () => owner.getSnapshot().synced);
    drawMark(owner.doc);
    await until("stored", () => !owner.getSnapshot().unsaved);
    const forger = new Y.Doc();
    Y.applyUpdate(forger, Y.encodeStateAsUpdate(owner.doc));
    forger.clientID = owner.doc.clientID;
    const before = Y.encodeStateVector(forger);
    drawMark(forger);
    const client = await refused(world.claims("agent"), Y.encodeStateAsUpdate(forger, before));
    expect(client.refusals()).toEqual(["forbidden"]);
    drawMark(owner.doc);
    await until("stored again", () => !owner.getSnapshot().unsaved);
    const witness = world.open(world.claims("agent"));
    await until("the witness sees both", () => markIds(witness.doc).length === 2);
    expect(markIds(witness.doc)).toEqual(markIds(owner.doc));
  });

  it("[SY18] past the size limit marks are refused and may still be deleted", async () => {
    const agent = await connectRaw(world.address(world.token(world.claims("agent"))));
    agent.sendUpdate(new Uint8Array([0, 0]), 1);
    const doc = new Y.Doc({ gc: false });
    const sent: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => sent.push(update));
    for (let frame = 0; frame < 18; frame++) doc.transact(() => drawLongStrokes(doc, 41));
    // One by one, so that none waits in memory, and as slowly as the byte rate wants.
    for (const [index, update] of sent.entries()) {
      if (agent.refusals().length > 0) break;
      ahead += 2_000;
      agent.sendUpdate(update);
      const wanted = (index + 1) * 980_000;
      await until("it is stored or full", () => storedBytes() > wanted || agent.refusals().length > 0);
    }
    expect(agent.refusals()[0]).toBe("panel_full");
    const deletion = updateOn(await stored(), (copy) => copy.getMap("marks").delete(markIds(copy)[0] ?? ""));
    const refusals = agent.refusals().length;
    agent.sendUpdate(deletion);
    agent.sendJson(17, { type: "confirm", id: "confirm-0001" });
    await until("answered", () => agent.control.some((update) => update.type === "done"));
    expect(agent.refusals()).toHaveLength(refusals);
  });

  const storedBytes = () => world.journal.history.reduce((sum, row) => sum + row.update.length, 0);
});
