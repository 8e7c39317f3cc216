/**
 * A real panel of a generated conversation: the server lays the items, customer and agent each draw in a document of their
 * own, and what they send is the journal that a heat map and a film read.
 */
import * as Y from "yjs";
import { addMark, type Origin, putItem, restView } from "@/lib/panel/commands";
import type { Mark } from "@/lib/panel/mark";
import { paletteEntry, strokeWidth } from "@/lib/panel/palette";
import { encodePoints } from "@/lib/panel/pen-points";
import { newMarkId } from "@/lib/panel/schema";
import {
  assetIdSchema,
  conversationIdSchema,
  itemIdSchema,
  type ParticipantId,
  participantIdSchema,
  productIdSchema,
} from "@/lib/protocol/ids";
import type { JournalUpdate } from "@/lib/sync/server/ports";
import type { Dice } from "./dice";
import type { Shown, StoryMark } from "./panel-story";

export interface Drawers {
  readonly conversationId: string;
  readonly customer: string;
  readonly agent: string;
}

const ORIGIN: Origin = { name: "demo traffic" };
/** Yjs numbers its clients with 32 bits. */
const MOST_CLIENTS = 2 ** 32 - 1;
const STROKE_POINTS = 24;

export function panelUpdates(dice: Dice, drawers: Drawers, shown: readonly Shown[]): JournalUpdate[] {
  const conversationId = conversationIdSchema.parse(drawers.conversationId);
  const updates: JournalUpdate[] = [];
  const all = new Y.Doc();
  let at = 0;
  const open = (participantId: ParticipantId | null): Y.Doc => {
    const doc = new Y.Doc();
    doc.clientID = dice.int(1, MOST_CLIENTS);
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== ORIGIN) return;
      updates.push({ conversationId, participantId, at: Math.round(at), update });
      Y.applyUpdate(all, update);
    });
    return doc;
  };
  const change = (doc: Y.Doc, when: number, make: () => void) => {
    at = when;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(all, Y.encodeStateVector(doc)));
    make();
  };
  const server = open(null);
  const customer = open(participantIdSchema.parse(drawers.customer));
  const agent = open(participantIdSchema.parse(drawers.agent));

  shown.forEach((each, order) => {
    const { picture, product, near } = each;
    const id = itemIdSchema.parse(each.itemId);
    change(server, each.at, () =>
      putItem(server, ORIGIN, {
        id,
        source: "product",
        assetId: assetIdSchema.parse(picture.assetId),
        productId: productIdSchema.parse(product.id),
        width: picture.width,
        height: picture.height,
        title: product.title,
        duration: null,
        page: null,
        covered: false,
        addedBy: drawers.agent,
        order: order + 1,
      }),
    );
    if (near)
      change(agent, near.at, () =>
        restView(agent, ORIGIN, { item: id, cx: near.x, cy: near.y, zoom: near.zoom }),
      );
    for (const mark of each.marks) {
      const isAgent = mark.by === "agent";
      const doc = isAgent ? agent : customer;
      const author = isAgent ? drawers.agent : drawers.customer;
      const { color } = paletteEntry(isAgent ? 1 : 0);
      change(doc, mark.at, () => addMark(doc, ORIGIN, drawn(dice, mark, each, author, color)));
    }
  });
  return updates;
}

function drawn(dice: Dice, mark: StoryMark, { itemId, picture }: Shown, author: string, color: string): Mark {
  const half = mark.size / 2;
  const box = { x: mark.x - half, y: mark.y - half, w: mark.size, h: mark.size };
  return {
    // An arrow comes from the left below and points at the place.
    ...(mark.kind === "arrow"
      ? { x: mark.x - mark.size, y: mark.y + mark.size, w: mark.size, h: -mark.size }
      : box),
    id: newMarkId((bytes) => dice.bytes(bytes)),
    item: itemIdSchema.parse(itemId),
    kind: mark.kind,
    author,
    color,
    width: strokeWidth("medium", Math.max(picture.width, picture.height), 1),
    points: mark.kind === "pen" ? loop(box) : null,
    text: "",
    number: 0,
    moment: null,
    createdAt: Math.round(mark.at),
  };
}

/** A ring, as one draws it by hand: a little more than once around. */
function loop(box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }) {
  const points = Array.from({ length: STROKE_POINTS }, (_, index) => {
    const turn = (index / (STROKE_POINTS - 1)) * 2.1 * Math.PI;
    const reach = 0.46 + 0.04 * Math.sin(3 * turn);
    return {
      x: box.x + box.w * (0.5 + reach * Math.cos(turn)),
      y: box.y + box.h * (0.5 + reach * Math.sin(turn)),
      pressure: 0.5,
    };
  });
  return encodePoints(points, box);
}
