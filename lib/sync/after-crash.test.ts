/** What a server lost with its last quarter of a second comes back with those who drew it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Room } from "@/lib/sync/client/room";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld({ askAgainMs: 30 });
});
afterEach(() => world.close());

const isIn = (room: Room) => room.getSnapshot().synced && !room.getSnapshot().unsaved;
const isDrawn = (doc: Y.Doc, id: string) => doc.getMap("marks").has(id);

/** Two who draw; then the server dies with the last strokes unstored, and both are offline. */
async function crashed(
  beforeItDies: (anna: Room, bea: Room) => Promise<void>,
  { beaDrewBefore = true } = {},
) {
  const [annas, beas] = [world.claims("agent"), world.claims("customer")];
  const line = { anna: true, bea: true };
  const open = (claims: typeof annas, who: keyof typeof line) =>
    world.open(claims, {
      getToken: async () => {
        if (!line[who]) throw new Error("no network");
        return world.token(claims);
      },
    });
  const [anna, bea] = [open(annas, "anna"), open(beas, "bea")];
  await until("both are in", () => isIn(anna) && isIn(bea));
  drawMark(anna.doc);
  if (beaDrewBefore) drawMark(bea.doc);
  const before = beaDrewBefore ? 2 : 1;
  await until("both are stored", () => isIn(anna) && isIn(bea));
  await until("both have it", () => [anna, bea].every(({ doc }) => markIds(doc).length === before));
  world.journal.broken = true;
  await beforeItDies(anna, bea);
  line.anna = false;
  line.bea = false;
  await world.crash();
  world.journal.broken = false;
  const back = (who: keyof typeof line) => {
    line[who] = true;
  };
  return { anna, bea, back };
}

describe("after a server died", () => {
  it("[SY47] who saw another's last strokes returns first: nothing of hers is refused, and all is there in the end", async () => {
    let lost = "";
    const { anna, bea, back } = await crashed(async (anna, bea) => {
      lost = drawMark(bea.doc);
      await until("seen", () => isDrawn(anna.doc, lost));
    });
    const own = drawMark(anna.doc);
    back("anna");
    const witness = world.open(world.claims("agent"));
    await until("anna's stroke is there", () => isDrawn(witness.doc, own));
    expect(isDrawn(witness.doc, lost)).toBe(false);
    expect(anna.getSnapshot().unsaved).toBe(true);
    back("bea");
    const everywhere = () => [anna, bea, witness].every(({ doc }) => markIds(doc).length === 4);
    await until("everybody has everything", () => everywhere() && isIn(anna) && isIn(bea));
    for (const { getSnapshot } of [anna, bea]) {
      expect(getSnapshot()).toMatchObject({ lastRefusal: null, docGeneration: 0 });
    }
    drawMark(bea.doc);
    await until("bea goes on under her own id", () => markIds(anna.doc).length === 5 && isIn(bea));
    expect(bea.getSnapshot().lastRefusal).toBeNull();
  });

  it("[SY47] an id that nobody is known to own is not taken from somebody else's answer", async () => {
    const lastStroke = async (anna: Room, bea: Room) => {
      drawMark(bea.doc);
      await until("seen", () => markIds(anna.doc).length === 2);
    };
    const { anna, bea, back } = await crashed(lastStroke, { beaDrewBefore: false });
    back("anna");
    await until("anna has the room", () => anna.getSnapshot().synced);
    back("bea");
    drawMark(bea.doc);
    await until("both have all", () =>
      [anna, bea].every((room) => isIn(room) && markIds(room.doc).length === 3),
    );
    expect(bea.getSnapshot()).toMatchObject({ lastRefusal: null, docGeneration: 0 });
  });

  it("[SY47] what builds on another's lost stroke waits until she is back", async () => {
    let lost = "";
    const { anna, bea, back } = await crashed(async (anna, bea) => {
      lost = drawMark(bea.doc);
      await until("seen", () => isDrawn(anna.doc, lost));
      const mark = anna.doc.getMap("marks").get(lost);
      if (mark instanceof Y.Map) mark.set("x", 77);
    });
    drawMark(anna.doc);
    back("anna");
    await until("anna has the room", () => anna.getSnapshot().synced);
    back("bea");
    await until("everything is stored", () => isIn(anna) && isIn(bea) && markIds(bea.doc).length === 4);
    expect(bea.doc.getMap("marks").toJSON()).toEqual(anna.doc.getMap("marks").toJSON());
    expect(bea.doc.getMap("marks").toJSON()[lost]).toMatchObject({ x: 77 });
    expect(anna.getSnapshot()).toMatchObject({ lastRefusal: null, docGeneration: 0 });
  });

  it("[SY48] what nobody brings back disappears from the screens that still show it", async () => {
    let lost = "";
    const { anna, back } = await crashed(async (anna, bea) => {
      lost = drawMark(bea.doc);
      await until("seen", () => isDrawn(anna.doc, lost));
    });
    const own = drawMark(anna.doc);
    back("anna");
    await until("loaded again", () => anna.getSnapshot().docGeneration === 1 && anna.getSnapshot().synced);
    expect(anna.getSnapshot().lastRefusal?.code).toBe("conflict");
    expect(isDrawn(anna.doc, lost)).toBe(false);
    expect(isDrawn(anna.doc, own)).toBe(true);
    expect(markIds(anna.doc)).toHaveLength(3);
  });

  it("[SY46] nobody takes over another's Yjs client id after a restart, nor after a compaction", async () => {
    const owner = world.open(world.claims("customer"));
    await until("in", () => isIn(owner));
    drawMark(owner.doc);
    await until("stored", () => isIn(owner));
    const forger = new Y.Doc();
    Y.applyUpdate(forger, Y.encodeStateAsUpdate(owner.doc));
    forger.clientID = owner.doc.clientID;
    const before = Y.encodeStateVector(forger);
    drawMark(forger);
    const forged = Y.encodeStateAsUpdate(forger, before);
    owner.close();
    await world.crash();
    const tryIt = async () => {
      const client = await connectRaw(world.address(world.token(world.claims("agent"))));
      client.sendUpdate(new Uint8Array([0, 0]), 1);
      client.sendUpdate(forged);
      await until("refused", () => client.refusals().length > 0);
      expect(client.refusals()).toEqual(["forbidden"]);
      client.socket.close();
    };
    await tryIt();
    await until("compacted", () => world.journal.history.every(({ inSnapshot }) => inSnapshot));
    await world.crash();
    await tryIt();
  });

  it("[SY46] nobody continues what the server itself wrote, before and after a restart", async () => {
    const source = { source: "asset", assetId: world.assetId, productId: null } as const;
    await world.server.roomsPort.putItem(
      world.conversationId,
      { ...source, width: 10, height: 10, title: "" },
      null,
    );
    const tryIt = async () => {
      const copy = new Y.Doc();
      for (const part of world.journal.parts(world.conversationId)) Y.applyUpdate(copy, part);
      const [serverId] = copy.store.clients.keys();
      copy.clientID = serverId ?? 0;
      const before = Y.encodeStateVector(copy);
      drawMark(copy);
      const client = await connectRaw(world.address(world.token(world.claims("agent"))));
      client.sendUpdate(new Uint8Array([0, 0]), 1);
      client.sendUpdate(Y.encodeStateAsUpdate(copy, before));
      await until("refused", () => client.refusals().length > 0);
      expect(client.refusals()).toEqual(["forbidden"]);
    };
    await tryIt();
    await world.crash();
    await tryIt();
  });
});
