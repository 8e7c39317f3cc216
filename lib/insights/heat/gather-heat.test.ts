import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { getDb } from "@/lib/db/client";
import { addMark, layItem } from "@/lib/panel/commands";
import { sampleItem, sampleMark } from "@/lib/panel/samples";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import {
  assetIdSchema,
  conversationIdSchema,
  itemIdSchema,
  markIdSchema,
  participantIdSchema,
  productIdSchema,
} from "@/lib/protocol/ids";
import { mergeStored } from "@/lib/sync/server/stored-panel";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import type { Filters, Question } from "../question";
import { loadHeat } from "../reports/heat";
import { gatherHeat, rebuildHeat } from "./gather-heat";
import { cellsIn, type HeatSide, hottestSpots, ninths, SMALL_CELL } from "./map/spots";

const MINUTE = 1 / 60;

describe.each(["postgres", "pglite"] as const)("heat maps on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    ines = await shop.agent("Ines");
  }, 60_000);
  afterAll(() => database.close());

  interface Picture {
    readonly productId: string;
    readonly assetId: string;
  }
  const newPicture = async (): Promise<Picture> => ({
    productId: await shop.product(randomUUID()),
    assetId: randomUUID(),
  });

  interface Stroke {
    readonly by: "customer" | "agent";
    /** Column of the upper row that is marked. */
    readonly column: number;
    readonly hours: number;
  }

  /** A conversation about the picture, whose panel's journal holds these marks. */
  async function converse(
    picture: Picture,
    strokes: readonly Stroke[],
    closedAt: Date | null = at(1),
  ): Promise<TestConversation & { draw(stroke: Stroke): Promise<void> }> {
    const conversation = await shop.conversation(await shop.visitor(), ines, at(0), closedAt);
    const { conversationId } = conversation;
    const agent = await getDb().participant.create({
      data: { conversationId, role: "agent", memberId: ines, name: "Ines", color: 1 },
    });
    const customer = await getDb().participant.findFirstOrThrow({
      where: { conversationId, role: "customer" },
    });
    const ids = {
      customer: participantIdSchema.parse(customer.id),
      agent: participantIdSchema.parse(agent.id),
    };
    const doc = new Y.Doc();
    const item = sampleItem({
      id: itemIdSchema.parse(conversationId),
      source: "product",
      productId: productIdSchema.parse(picture.productId),
      assetId: assetIdSchema.parse(picture.assetId),
      width: 2_400,
      height: 2_400,
    });
    let marks = 0;
    const append = async (by: Stroke["by"] | null, hours: number, make: () => void) => {
      const before = Y.encodeStateVector(doc);
      make();
      await createPanelJournal().append([
        {
          conversationId: conversationIdSchema.parse(conversationId),
          participantId: by === null ? null : ids[by],
          at: at(hours).getTime(),
          update: Y.encodeStateAsUpdate(doc, before),
        },
      ]);
    };
    await append(null, 0, () => layItem(doc, { name: "server" }, item));
    const draw = ({ by, column, hours }: Stroke) => {
      const id = markIdSchema.parse(`mark-${marks++}-0000`);
      const mark = sampleMark({ id, item: item.id, x: column * 100, y: 0, w: 100, h: 100 });
      return append(by, hours, () => addMark(doc, { name: by }, mark));
    };
    for (const stroke of strokes) await draw(stroke);
    return { ...conversation, draw };
  }

  const question = (filters: Filters = {}): Question => ({
    shopId: shop.shopId,
    range: { from: at(-12), to: at(12) },
    timeZone: "Europe/Rome",
    filters,
  });
  async function cellsOf(picture: Picture, side: HeatSide = "both", filters?: Filters, hideSmall = false) {
    const layers = await loadHeat(question(filters), { productId: picture.productId, hideSmall });
    const layer = layers.find((one) => one.kind === "drawn" && one.side === side);
    return layer && { conversations: layer.conversations, hidden: layer.hidden, cells: cellMap(layer.cells) };
  }
  const cellMap = (cells: readonly { cell: number; conversations: number }[]) =>
    Object.fromEntries(cells.map(({ cell, conversations }) => [cell, conversations]));
  const scribble = (by: Stroke["by"], ...columns: number[]): Stroke[] =>
    columns.map((column, index) => ({ by, column, hours: 0.1 + index / 1_000 }));

  it("[IN165] a cell counts conversations: who scribbles, or is drawn with, is one", async () => {
    const picture = await newPicture();
    await converse(picture, scribble("customer", 3, 3, 3, 3, 3));
    await converse(picture, [...scribble("customer", 3), ...scribble("agent", 3, 4)]);
    await gatherHeat(at(2));
    expect(await cellsOf(picture)).toMatchObject({ conversations: 2, cells: { 3: 2, 4: 1 } });
    expect(await cellsOf(picture, "customer")).toMatchObject({ conversations: 2, cells: { 3: 2 } });
    expect(await cellsOf(picture, "agent")).toMatchObject({ conversations: 1, cells: { 3: 1, 4: 1 } });
  });

  it("[IN163] a panel is read when it is over or quiet, and again when it goes on", async () => {
    const picture = await newPicture();
    const talk = await converse(picture, scribble("customer", 1), null);
    await gatherHeat(at(0.1 + 9 * MINUTE));
    expect(await cellsOf(picture)).toBeUndefined();
    await gatherHeat(at(0.1 + 11 * MINUTE));
    expect(await cellsOf(picture)).toMatchObject({ cells: { 1: 1 } });
    await talk.draw({ by: "agent", column: 7, hours: 0.5 });
    await gatherHeat(at(0.5 + 11 * MINUTE));
    expect(await cellsOf(picture)).toMatchObject({ conversations: 1, cells: { 1: 1, 7: 1 } });
    await talk.draw({ by: "agent", column: 8, hours: 0.9 });
    const { conversationId } = talk;
    await getDb().conversation.update({
      where: { id: conversationId },
      data: { status: "closed", closedAt: at(0.9) },
    });
    await gatherHeat(at(0.9 + 2 * MINUTE));
    expect(await cellsOf(picture)).toMatchObject({ cells: { 1: 1, 7: 1, 8: 1 } });
    expect(await gatherHeat(at(30))).toBe(0);
  });

  it("[IN164] read all again, also from what a snapshot holds, the map is the same", async () => {
    const picture = await newPicture();
    const talks = await Promise.all([
      converse(picture, scribble("customer", 1, 2)),
      converse(picture, scribble("agent", 2, 3)),
    ]);
    await gatherHeat(at(2));
    const before = await loadHeat(question(), { productId: picture.productId, hideSmall: false });
    const [first] = talks;
    await createPanelJournal().compact(conversationIdSchema.parse(first.conversationId), mergeStored);
    await rebuildHeat();
    expect(await gatherHeat(at(3))).toBeGreaterThanOrEqual(2);
    expect(await loadHeat(question(), { productId: picture.productId, hideSmall: false })).toEqual(before);
    expect(before).not.toEqual([]);
  });

  it("[IN164] what an erased conversation left stays, and is nobody's", async () => {
    const picture = await newPicture();
    const talks = [];
    for (let index = 0; index < SMALL_CELL; index++)
      talks.push(await converse(picture, scribble("customer", 5, index === 0 ? 9 : 5)));
    await gatherHeat(at(2));
    const [erased] = talks;
    await getDb().visitor.delete({ where: { id: erased?.visitorId ?? "" } });
    await rebuildHeat();
    await gatherHeat(at(3));
    const left = await getDb().heatTrace.findFirstOrThrow({
      where: { productId: picture.productId, conversationId: null },
    });
    expect(left).toMatchObject({ day: new Date("2026-05-10"), drawnByCustomer: [5, 9] });
    // Cell 9 is hers alone: nobody is told.
    expect(await cellsOf(picture)).toEqual({ conversations: 5, hidden: 1, cells: { 5: 5 } });
  });

  it("[IN165] filters choose conversations, of which erased ones are none; so does the range", async () => {
    const picture = await newPicture();
    for (let index = 0; index < SMALL_CELL; index++) await converse(picture, scribble("agent", 2));
    const { conversationId } = await converse(picture, scribble("agent", 2, 6));
    await gatherHeat(at(2));
    await getDb().conversation.update({ where: { id: conversationId }, data: { device: "phone" } });
    const gone = await getDb().heatTrace.findFirstOrThrow({
      where: { productId: picture.productId, conversationId: { not: conversationId } },
    });
    await getDb().conversation.delete({ where: { id: gone.conversationId ?? "" } });
    expect(await cellsOf(picture)).toMatchObject({ conversations: 6, cells: { 2: 6, 6: 1 } });
    expect(await cellsOf(picture, "both", { device: "phone" })).toMatchObject({ cells: { 2: 1, 6: 1 } });
    expect(await cellsOf(picture, "both", { memberId: ines })).toMatchObject({ cells: { 2: 5, 6: 1 } });
    const later = { ...question(), range: { from: at(24), to: at(48) } };
    expect(await loadHeat(later, { productId: picture.productId, hideSmall: false })).toEqual([]);
    const stranger = { ...question(), shopId: (await makeShop()).shopId };
    expect(await loadHeat(stranger, { productId: picture.productId, hideSmall: false })).toEqual([]);
  });

  it("[IN166] small cells can be hidden altogether", async () => {
    const picture = await newPicture();
    for (let index = 0; index < SMALL_CELL; index++)
      await converse(picture, scribble("agent", 2, index === 0 ? 3 : 2));
    await gatherHeat(at(2));
    expect(await cellsOf(picture, "both", {}, true)).toEqual({
      conversations: 5,
      hidden: 1,
      cells: { 2: 5 },
    });
    expect(await cellsOf(picture)).toEqual({ conversations: 5, hidden: 0, cells: { 2: 5, 3: 1 } });
  });

  it("[IN168] a panel that cannot be read is reported, leaves nothing and stops nobody", async () => {
    const picture = await newPicture();
    const faults: unknown[] = [];
    faultsSlot.provide((error) => faults.push(error));
    const broken = await shop.conversation(await shop.visitor(), ines, at(-0.5), at(0));
    await getDb().panelUpdate.create({
      data: {
        conversationId: broken.conversationId,
        update: new Uint8Array([250, 250, 1]),
        receivedAt: at(0),
      },
    });
    await converse(picture, scribble("customer", 4));
    await gatherHeat(at(2));
    expect(faults).toHaveLength(1);
    expect(await cellsOf(picture)).toMatchObject({ cells: { 4: 1 } });
    expect(await gatherHeat(at(3))).toBe(0);
  });
});

describe("a heat map in words", () => {
  it("[IN167] says where most was marked, the hottest place first", () => {
    const spots = hottestSpots([
      { cell: 0, conversations: 3 },
      { cell: 1, conversations: 12 },
      { cell: 24 * 23 + 23, conversations: 4 },
      { cell: 24 * 12 + 12, conversations: 12 },
    ]);
    expect(spots).toEqual([
      { place: "topLeft", cell: 1, conversations: 12 },
      { place: "centre", cell: 24 * 12 + 12, conversations: 12 },
      { place: "bottomRight", cell: 24 * 23 + 23, conversations: 4 },
    ]);
    expect(hottestSpots([])).toEqual([]);
    expect(cellsIn("topLeft")).toHaveLength(64);
    expect(ninths.flatMap(cellsIn).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 576 }, (_, cell) => cell),
    );
  });
});
