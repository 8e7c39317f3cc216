import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeCodes } from "@/lib/protocol/close-codes";
import { itemIdSchema } from "@/lib/protocol/ids";
import { wire } from "@/lib/protocol/wire";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

async function together() {
  const [agent, customer, companion] = [
    world.open(world.claims("agent")),
    world.open(world.claims("customer")),
    world.open(world.claims("companion")),
  ];
  const all = [agent, customer, companion];
  await until("in", () => all.every((room) => room.getSnapshot().synced));
  return { agent, customer, companion };
}

async function said(count: number): Promise<void> {
  const { participantId } = world.claims("customer");
  for (let n = 1; n <= count; n++) {
    const body = { kind: "text" as const, text: `before ${n}` };
    await world.chat.append(world.conversationId, { clientId: `message-${n}`, participantId, body });
  }
}

describe("a companion", () => {
  it("[SY67] draws and writes, and everybody sees it", async () => {
    const { agent, companion } = await together();
    const id = drawMark(companion.doc);
    companion.sendText("The blue one!");
    await until("drawn", () => markIds(agent.doc).includes(id));
    await until("said", () => agent.getSnapshot().messages.length === 1);
  });

  it("[SY67] changes and deletes nobody's marks but her own", async () => {
    const { customer, companion } = await together();
    const hers = drawMark(customer.doc, "item-0001", customer.getSnapshot().you ?? "");
    await until("seen", () => markIds(companion.doc).includes(hers));
    companion.doc.getMap("marks").delete(hers);
    await until("refused", () => companion.getSnapshot().lastRefusal !== null);
    expect(markIds(customer.doc)).toContain(hers);
  });

  it("[SY67] is held by the lock of the customer's drawing", async () => {
    const { agent, companion } = await together();
    await agent.request({ type: "lock-drawing", locked: true });
    await until("told", () => !companion.getSnapshot().rights.draw);
    drawMark(companion.doc);
    await until("refused", () => companion.getSnapshot().lastRefusal?.code === "drawing_locked");
    expect(markIds(agent.doc)).toEqual([]);
  });

  it("[SY67] shows, removes, recommends, locks and ends nothing", async () => {
    const { companion } = await together();
    const { productId, assetId } = world;
    const requests = [
      { type: "show-product", productId, pictureIndex: 0 },
      { type: "show-asset", assetId },
      { type: "recommend", productId, text: "" },
      { type: "open-card", productId, on: "page" },
      { type: "remove-item", itemId: itemIdSchema.parse("item-0001") },
      { type: "restore-item", itemId: itemIdSchema.parse("item-0001") },
      { type: "lock-drawing", locked: true },
      { type: "end" },
    ] as const;
    for (const request of requests)
      await expect(companion.request(request), request.type).rejects.toMatchObject({ code: "forbidden" });
    expect(world.conversation).toMatchObject({ status: "open", drawingLocked: false });
  });

  it("[SY67] turns nobody's view, starts no comparison and plays no video, also by hand", async () => {
    const { agent, companion } = await together();
    const stage = (room: typeof agent) => JSON.stringify(room.doc.getMap("stage").toJSON());
    const before = stage(agent);
    for (const [entry, value] of [
      ["shown", "item-0001"],
      ["view", { item: "item-0001", x: 0.5, y: 0.5, zoom: 3 }],
    ] as const) {
      const count = () => companion.getSnapshot().lastRefusal?.count ?? 0;
      const known = count();
      companion.doc.getMap("stage").set(entry, value);
      await until(`${entry} is refused`, () => count() > known);
      expect(companion.getSnapshot().lastRefusal?.code).toBe("forbidden");
    }
    expect(stage(agent)).toBe(before);
  });

  it("[CO93] is out when the room learns that she has left, whoever told it", async () => {
    const claims = world.claims("companion");
    const companion = await connectRaw(world.address(world.token(claims)));
    await until("in", () => companion.control.some((update) => update.type === "welcome"));
    const { participants } = world.conversation;
    world.conversation = {
      ...world.conversation,
      participants: participants.map((one) =>
        one.participantId === claims.participantId ? { ...one, hasLeft: true } : one,
      ),
    };
    const agent = world.open(world.claims("agent"));
    await until("somebody comes, and the room is read again", () => agent.getSnapshot().synced);
    await until("out", () => companion.closeCode === closeCodes.forbidden);
    const again = await connectRaw(world.address(world.token(claims)));
    await until("not let in", () => again.closeCode === closeCodes.forbidden);
  });

  it("[SY99] is sent what is said from her coming on, and can load nothing from before", async () => {
    await said(5);
    const companion = await connectRaw(
      world.address(world.token(world.claims("companion", { sinceSeq: 5 }))),
    );
    const agent = world.open(world.claims("agent"));
    await until("in", () => agent.getSnapshot().synced);
    agent.sendText("Hello Tom");
    await until("heard", () => JSON.stringify(companion.chat).includes("Hello Tom"));
    companion.sendJson(wire.chat, { type: "history", before: 6 });
    const pages = () =>
      companion.chat.filter((update) => JSON.stringify(update).startsWith('{"type":"messages"'));
    await until("answered", () => pages().length === 2);
    expect(pages()).toEqual([
      { type: "messages", messages: [], hasEarlier: false },
      { type: "messages", messages: [], hasEarlier: false },
    ]);
    expect(JSON.stringify(companion.chat)).not.toContain("before");
  });

  it("[SY99] reads what was said between her coming and a reload of hers", async () => {
    await said(5);
    const companion = world.open(world.claims("companion", { sinceSeq: 3 }));
    await until("read", () => companion.getSnapshot().messages.length === 2);
    expect(companion.getSnapshot()).toMatchObject({ hasEarlier: false });
    expect(companion.getSnapshot().messages.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it("[CO94] comes and goes as nobody's visitor", async () => {
    const { companion } = await together();
    const you = companion.getSnapshot().you;
    const own = () => world.events.filter(({ participantId }) => participantId === you);
    await until("recorded", () => own().some(({ type }) => type === "participant_joined"));
    companion.close();
    await until("left", () => own().some(({ type }) => type === "participant_left"));
    expect(own().map(({ visitorId }) => visitorId)).toEqual(own().map(() => null));
  });
});
