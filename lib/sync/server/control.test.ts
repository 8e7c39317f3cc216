import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { compareItems, showItem } from "@/lib/panel/commands";
import { readComparison } from "@/lib/panel/comparison";
import { readItems, readShown, stageOf } from "@/lib/panel/schema";
import { assetIdSchema, itemIdSchema, productIdSchema } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
let anna: Room;
let bea: Room;
beforeEach(async () => {
  world = await startWorld({}, { empty: true });
  anna = world.open(world.claims("agent"));
  bea = world.open(world.claims("customer"));
  await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
});
afterEach(() => world.close());

const showProduct = (room: Room) =>
  room.request({ type: "show-product", productId: world.productId, pictureIndex: 0 });
const showAsset = (room: Room) => room.request({ type: "show-asset", assetId: world.assetId });
const eventTypes = () => world.events.map((event) => event.type);

describe("items", () => {
  it("[SY26] showing puts an item, showing again reuses it with its marks", async () => {
    await showProduct(anna);
    await until("shown to bea", () => readShown(bea.doc) !== null);
    const first = readShown(bea.doc);
    drawMark(bea.doc, first ?? "");
    await showAsset(bea);
    await until("the photo is shown", () => readItems(anna.doc).length === 2);
    await showProduct(anna);
    await until("the first again", () => readShown(bea.doc) === first);
    expect(readItems(bea.doc).map((item) => [item.source, item.width, item.height, item.order])).toEqual([
      ["product", 1_200, 1_600, 1],
      ["asset", 800, 600, 2],
    ]);
    expect(markIds(bea.doc)).toHaveLength(1);
  });

  it("[SY103] an item that is asked for by its id is shown, of whatever picture; else the picture is put there", async () => {
    await showProduct(anna);
    await until("shown", () => readShown(bea.doc) !== null);
    const product = itemIdSchema.parse(readShown(bea.doc));
    await showAsset(bea);
    await until("the photo is shown", () => readItems(anna.doc).length === 2);
    const { assetId } = world;
    await bea.request({ type: "show-asset", assetId, itemId: product });
    await until("the product again", () => readShown(anna.doc) === product);
    expect(readItems(anna.doc)).toHaveLength(2);
    await bea.request({ type: "show-asset", assetId: assetIdSchema.parse(randomUUID()), itemId: product });

    await anna.request({ type: "remove-item", itemId: product });
    await bea.request({ type: "show-asset", assetId, itemId: product });
    await until("the photo", () => readShown(anna.doc) === readItems(anna.doc)[0]?.id);
    expect(readItems(anna.doc).map(({ source }) => source)).toEqual(["asset"]);
    const boss = world.open(world.claims("supervisor"));
    await until("she is in", () => boss.getSnapshot().synced);
    const itemId = itemIdSchema.parse(readShown(anna.doc));
    await expect(boss.request({ type: "show-asset", assetId, itemId })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("[SY26] what the server cannot resolve is refused", async () => {
    const unknown = assetIdSchema.parse(randomUUID());
    await expect(bea.request({ type: "show-asset", assetId: unknown })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(readItems(bea.doc)).toEqual([]);
  });

  it("[SY28] removing an item takes its marks along and shows what is left; a customer removes only hers", async () => {
    await showProduct(anna);
    await until("shown", () => readShown(bea.doc) !== null);
    const product = itemIdSchema.parse(readShown(bea.doc));
    await showAsset(bea);
    await until("both are there", () => readItems(anna.doc).length === 2);
    const photo = itemIdSchema.parse(readShown(anna.doc));
    drawMark(anna.doc, photo);
    drawMark(anna.doc, product);
    await until("drawn", () => markIds(bea.doc).length === 2);
    await expect(bea.request({ type: "remove-item", itemId: product })).rejects.toMatchObject({
      code: "forbidden",
    });
    await bea.request({ type: "remove-item", itemId: photo });
    await until("gone", () => readItems(anna.doc).length === 1 && markIds(anna.doc).length === 1);
    expect(readShown(anna.doc)).toBe(product);
  });
});

describe("leading", () => {
  it("[SY27] only an agent locks and recommends", async () => {
    await expect(bea.request({ type: "lock-drawing", locked: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    const recommend = { type: "recommend", productId: world.productId, text: "goes well" } as const;
    await expect(bea.request(recommend)).rejects.toMatchObject({ code: "forbidden" });
    await anna.request({ type: "lock-drawing", locked: true });
    await until("locked", () => !bea.getSnapshot().rights.draw);
    await anna.request(recommend);
    await until("the card is there", () => bea.getSnapshot().messages.length === 1);
    expect(bea.getSnapshot().messages[0]?.body).toMatchObject({
      kind: "recommendation",
      text: "goes well",
      product: { title: "Linen dress", priceMinor: 8_900 },
    });
    expect(anna.getSnapshot().rights.draw).toBe(true);
  });

  it("[SY27] the customer ends the conversation, and nobody writes afterwards", async () => {
    await bea.request({ type: "end" });
    await until("closed for all", () => anna.getSnapshot().room?.status === "closed");
    expect(anna.getSnapshot().rights).toEqual({
      draw: false,
      editOthers: false,
      chat: false,
      show: false,
      lead: false,
    });
    await expect(showProduct(anna)).rejects.toMatchObject({ code: "conversation_closed" });
  });
});

describe("an item removed while somebody is offline", () => {
  it("[SY50] takes along what she drew on it, and nothing else that she drew", async () => {
    await showProduct(anna);
    await until("shown", () => readShown(bea.doc) !== null);
    const product = itemIdSchema.parse(readShown(bea.doc));
    await showAsset(anna);
    await until("both are there", () => readItems(bea.doc).length === 2);
    const photo = itemIdSchema.parse(readShown(bea.doc));
    let offline = false;
    let line: WebSocket | null = null;
    const carla = world.open(world.claims("customer"), {
      createWebSocket: (url) => {
        line = new WebSocket(offline ? "ws://127.0.0.1:1" : url);
        return line as unknown as globalThis.WebSocket;
      },
    });
    await until("in", () => carla.getSnapshot().synced && readItems(carla.doc).length === 2);
    offline = true;
    (line as WebSocket | null)?.terminate();
    await until("offline", () => carla.getSnapshot().connection === "offline");
    const lost = drawMark(carla.doc, photo);
    const kept = drawMark(carla.doc, product);
    showItem(carla.doc, { name: "carla" }, product);
    showItem(carla.doc, { name: "carla" }, photo);
    await anna.request({ type: "remove-item", itemId: photo });
    offline = false;
    await until("back, and saved", () => carla.getSnapshot().synced && !carla.getSnapshot().unsaved, 15_000);
    await until("taken back", () => !markIds(carla.doc).includes(lost));
    await until("seen", () => markIds(bea.doc).includes(kept));
    for (const room of [anna, bea, carla]) {
      expect(markIds(room.doc)).toEqual([kept]);
      expect(readShown(room.doc)).toBe(product);
    }
    expect(carla.getSnapshot().lastRefusal).toBeNull();
  });
});

describe("a comparison", () => {
  it("[SY85] ends for everybody when one of its items is removed, also one begun unknowingly afterwards", async () => {
    await showProduct(anna);
    await until("shown", () => readShown(bea.doc) !== null);
    const product = itemIdSchema.parse(readShown(bea.doc));
    await showAsset(anna);
    await until("both are there", () => readItems(bea.doc).length === 2);
    const photo = itemIdSchema.parse(readShown(bea.doc));
    const compare = (room: typeof anna) =>
      compareItems(
        room.doc,
        { name: "test" },
        { item: product, with: photo, mode: "beside", opacity: 1, linked: true, by: "" },
      );
    compare(bea);
    await until("compared", () => readComparison(anna.doc)?.with === photo);
    const removed = anna.request({ type: "remove-item", itemId: photo });
    compare(bea);
    await removed;
    await until("ended", () => [anna, bea].every(({ doc }) => !stageOf(doc).has("compare")));
    expect(bea.getSnapshot().lastRefusal).toBeNull();
  });
});

describe("the server's clock", () => {
  it("[SY88] is told at once to whoever asks, and to nobody without a line", async () => {
    const before = Date.now();
    const told = await bea.askServerTime();
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
    bea.close();
    await expect(bea.askServerTime()).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("from outside the room", () => {
  it("[SY29] routes post and show in a live room and in one where nobody is", async () => {
    const { roomsPort } = world.server;
    const body = { kind: "notice", code: "accepted", name: "Anna" } as const;
    await roomsPort.postMessage(world.conversationId, body, null);
    await until("the notice arrived", () => bea.getSnapshot().messages.length === 1);
    expect(world.server.figures().connections).toBe(2);
    anna.close();
    bea.close();
    await until("freed", () => world.server.figures().rooms === 0);
    const item = {
      source: "asset",
      assetId: world.assetId,
      productId: null,
      width: 8,
      height: 6,
      title: "",
    } as const;
    await roomsPort.putItem(world.conversationId, item, null);
    const late = world.open(world.claims("agent"));
    await until("shown", () => readShown(late.doc) !== null);
    expect(readItems(late.doc)).toHaveLength(1);
  });

  it("[SY64] whoever is removed is out at once, whose role changed comes back with a new token", async () => {
    const claims = world.claims("agent");
    let tokens = 0;
    const carla = world.open(claims, {
      getToken: async () => {
        tokens++;
        return world.token(claims);
      },
    });
    await until("in", () => carla.getSnapshot().synced);
    const { memberId } = claims;
    if (!memberId) throw new Error("agents are members");
    world.server.roomsPort.disconnectMember(memberId, false);
    await until("she came back", () => tokens === 2 && carla.getSnapshot().synced);
    world.server.roomsPort.disconnectMember(memberId, true);
    await until("she is out", () => carla.getSnapshot().connection === "ended");
    expect(anna.getSnapshot().connection).toBe("online");
  });

  it("[SY29] whoever is disconnected does not come back", async () => {
    const you = bea.getSnapshot().you;
    if (you !== null) world.server.roomsPort.disconnect(you);
    await until("ended", () => bea.getSnapshot().connection === "ended");
    expect(anna.getSnapshot().connection).toBe("online");
  });
});

describe("facts", () => {
  it("[SY30] shown, drawn, recommended, joined and left are recorded as they happened", async () => {
    await showProduct(anna);
    await until("shown", () => readShown(bea.doc) !== null);
    const item = readShown(bea.doc) ?? "";
    for (let count = 0; count < 5; count++) drawMark(bea.doc, item);
    drawMark(bea.doc, "no-such-item");
    await until("drawn", () => eventTypes().includes("mark_drawn"));
    await anna.request({ type: "recommend", productId: world.productId, text: "" });
    bea.close();
    await until("left", () => eventTypes().includes("participant_left"));
    const drawn = world.events.find((event) => event.type === "mark_drawn");
    const shown = world.events.filter((event) => event.type === "item_shown");
    expect(drawn).toMatchObject({ itemId: item, productId: world.productId, data: { count: 5 } });
    expect(drawn?.visitorId).not.toBeNull();
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ productId: world.productId, participantId: anna.getSnapshot().you });
    expect(shown[0]?.memberId).not.toBeNull();
    expect(eventTypes().filter((type) => type === "participant_joined")).toHaveLength(2);
    expect(eventTypes()).toContain("product_recommended");
  });

  it("[SY30] a pair that is compared is recorded once, in whichever order and however it is looked at", async () => {
    await showProduct(anna);
    await showAsset(anna);
    await until("both are there", () => readItems(anna.doc).length === 2);
    const [product, photo] = readItems(anna.doc).map(({ id }) => itemIdSchema.parse(id));
    if (!product || !photo) throw new Error("two items were shown");
    const pair = { mode: "over", opacity: 1, linked: true, by: "" } as const;
    compareItems(anna.doc, { name: "test" }, { ...pair, item: product, with: photo });
    compareItems(anna.doc, { name: "test" }, { ...pair, item: product, with: photo, opacity: 0.5 });
    compareItems(anna.doc, { name: "test" }, { ...pair, item: photo, with: product });
    drawMark(anna.doc, product);
    await until("what came after is recorded", () => eventTypes().includes("mark_drawn"));
    const compared = world.events.filter((event) => event.type === "items_compared");
    expect(compared).toMatchObject([
      {
        itemId: product,
        productId: world.productId,
        data: { with: photo },
        participantId: anna.getSnapshot().you,
      },
    ]);
  });

  it("[SY38] a card that the customer opened is recorded once of each way, and nobody else opens it", async () => {
    const { productId } = world;
    const open = (room: Room, on: "panel" | "page", id = productId) =>
      room.request({ type: "open-card", productId: id, on });
    await expect(open(anna, "page")).rejects.toMatchObject({ code: "forbidden" });
    const unknown = productIdSchema.parse(randomUUID());
    await expect(open(bea, "page", unknown)).rejects.toMatchObject({ code: "not_found" });
    for (const on of ["panel", "page", "page"] as const) await open(bea, on);
    await bea.request({ type: "end" });
    await open(bea, "panel");
    const cards = () => world.events.filter((event) => event.type === "card_opened");
    await until("recorded", () => cards().length >= 2);
    const opened = cards();
    expect(opened).toMatchObject([
      { productId, participantId: bea.getSnapshot().you, data: { on: "panel" } },
      { productId, participantId: bea.getSnapshot().you, data: { on: "page" } },
    ]);
    expect(opened[0]?.visitorId).not.toBeNull();
    expect(readItems(anna.doc)).toEqual([]);
  });

  it("[SY30] a client that shows another item is recorded, a reload is not", async () => {
    await world.close();
    // Both are longer than any reconnecting: an unloaded room records who left at once.
    world = await startWorld({ leaveGraceMs: 10_000, lingerMs: 10_000 }, { empty: true });
    anna = world.open(world.claims("agent"));
    bea = world.open(world.claims("customer"));
    await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    await showProduct(anna);
    await showAsset(anna);
    await until("both are there", () => readItems(bea.doc).length === 2);
    const first = readItems(bea.doc)[0]?.id;
    bea.doc.getMap("stage").set("shown", first);
    await until("recorded", () => eventTypes().filter((type) => type === "item_shown").length === 3);
    expect(world.events.at(-1)).toMatchObject({ itemId: first, participantId: bea.getSnapshot().you });
    world.unplug();
    const offline = () => [anna, bea].every((room) => room.getSnapshot().connection === "offline");
    await until("both are offline", offline);
    world.plug();
    await until("back", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    expect(eventTypes().filter((type) => type.startsWith("participant"))).toHaveLength(2);
  });
});
