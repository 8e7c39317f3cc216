/** A conversation as the server would have stored it: a customer, an agent, two products, strokes, a photo, a cart, an order. */
import * as Y from "yjs";
import { addMark, play, putItem, showItem } from "@/lib/panel/commands";
import type { Item } from "@/lib/panel/schema";
import type { JournalRow } from "@/lib/protocol/film-journal";
import { assetIdSchema, itemIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { manyMarks } from "./marks";

export interface MadeFilm {
  readonly film: object;
  readonly rows: readonly JournalRow[];
  /** Milliseconds from the conversation's beginning. */
  readonly strokesAt: readonly number[];
  readonly covered: string;
}

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const S = 1_000;
/** 10 May 2026, noon. */
const STARTED_AT = 1_778_414_400_000;
const FIRST_STROKE_S = 20;
/** Milliseconds between two strokes: as quick as somebody draws. */
const STROKE_MS = 1_500;
/** Of a photo that was erased since. */
const ERASED = 4;
/** The server of the harness keeps the seventh covered until it is asked for. */
const COVERED = 7;

/** Seconds from the conversation's beginning to a video that plays, where there is one. */
const VIDEO_AT_S = 12;
const VIDEO = 8;
/** As long as the video that the server of the harness has. */
const VIDEO_MS = 64_000;

/**
 * @param strokes drawn one after another on the first product
 * @param withVideo a video plays before
 */
export function makeFilm(strokes: number, withVideo = false): MadeFilm {
  const doc = new Y.Doc();
  const rows: JournalRow[] = [];
  let at = STARTED_AT;
  doc.on("update", (update: Uint8Array) => rows.push({ at, update }));
  const origin = { name: "made" };
  const do_ = (second: number, work: () => void) => {
    at = STARTED_AT + second * S;
    work();
  };
  const [boots, shirt, erased, covered] = [
    itemOf(1, true),
    itemOf(2, true),
    itemOf(ERASED, false),
    itemOf(COVERED, false),
  ];
  do_(10, () => putItem(doc, origin, boots));
  if (withVideo) {
    const video = { ...itemOf(VIDEO, false), width: 640, height: 360, duration: VIDEO_MS };
    do_(VIDEO_AT_S, () => {
      putItem(doc, origin, video);
      play(doc, origin, video.id, { playing: true, at: 0, since: at, rate: 1 });
    });
    do_(FIRST_STROKE_S - 1, () => showItem(doc, origin, boots.id));
  }
  const strokesAt = Array.from({ length: strokes }, (_, index) => FIRST_STROKE_S * S + index * STROKE_MS);
  for (const [index, mark] of manyMarks(strokes, boots).entries()) {
    at = STARTED_AT + (strokesAt[index] ?? 0);
    addMark(doc, origin, mark);
  }
  const drawn = (strokesAt.at(-1) ?? 0) / S;
  do_(drawn + 5, () => putItem(doc, origin, shirt));
  do_(drawn + 10, () => putItem(doc, origin, erased));
  do_(drawn + 15, () => putItem(doc, origin, covered));
  do_(drawn + 20, () => showItem(doc, origin, boots.id));
  const moment = (second: number) => STARTED_AT + second * S;
  const film = {
    conversationId: id(9),
    startedAt: STARTED_AT,
    endedAt: moment(drawn + 200),
    people: [
      { participantId: id(2), role: "agent", name: "Anna", color: 0 },
      { participantId: id(3), role: "customer", name: "Guest 7", color: 1 },
    ],
    chat: [
      said(1, moment(2), null, { kind: "notice", code: "accepted", name: "Anna" }),
      said(2, moment(4), id(3), { kind: "text", text: "Is the zip strong enough?" }),
      said(3, moment(drawn + 6), id(2), { kind: "text", text: "Very strong, look here." }),
      said(4, moment(drawn + 10), id(3), picture(ERASED)),
      said(5, moment(drawn + 15), id(3), picture(COVERED)),
      said(6, moment(drawn + 30), id(2), { kind: "recommendation", product: card(), text: "" }),
    ],
    chatCut: false,
    shown: [{ at: moment(10), title: "Leather boots" }],
    trail: [
      {
        at: moment(-60),
        title: "White shirt",
        picture: { src: "/picture/2/160", srcSet: "/picture/2/160 160w" },
      },
      { at: moment(3), title: "Leather boots", picture: null },
    ],
    carts: [
      {
        at: moment(drawn + 120),
        currency: "EUR",
        lines: [{ title: "Leather boots", quantity: 1 }],
        added: ["Leather boots"],
      },
    ],
    orders: [
      {
        at: moment(drawn + 90_000),
        ...{ number: "A-1001", currency: "EUR", totalMinor: 18_900, confirmed: true, cancelled: false },
        lines: [{ title: "Leather boots", quantity: 1 }],
      },
    ],
    assets: [id(COVERED), id(VIDEO)],
    panel: { kind: "journal", updates: rows.length, bytes: 0 },
    passages: [],
  };
  return { film, rows, strokesAt, covered: id(COVERED) };
}

export function itemOf(digit: number, isProduct: boolean): Item {
  return {
    id: itemIdSchema.parse(`item-000${digit}`),
    source: isProduct ? "product" : "asset",
    assetId: assetIdSchema.parse(id(digit)),
    productId: isProduct ? productIdSchema.parse(id(digit)) : null,
    ...(digit === 1 ? { width: 2400, height: 1800 } : { width: 1500, height: 1000 }),
    title: isProduct ? `Product ${digit}` : "",
    duration: null,
    page: null,
    covered: digit === COVERED,
    addedBy: id(isProduct ? 2 : 3),
    order: digit,
  };
}

const said = (seq: number, at: number, participantId: string | null, body: object) => ({
  ...{ seq, at, participantId, body },
  clientId: `message-${seq}`,
});

const picture = (digit: number) => ({
  ...{ kind: "picture", itemId: `item-000${digit}`, assetId: id(digit), width: 1500, height: 1000 },
});

const card = () => ({
  ...{ productId: id(1), externalId: "boots", title: "Leather boots", url: "", currency: "EUR" },
  ...{ priceMinor: 18_900, saleMinor: null, available: true, pictureId: null, variants: [] },
});
