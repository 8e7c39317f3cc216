/** One real frame of every kind that a client may send, as ours sends it: what a hostile one starts from. */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { changeMarks, removeMarks, restView, showItem } from "@/lib/panel/commands";
import type { ChatRequest } from "@/lib/protocol/chat-requests";
import type { ControlRequest } from "@/lib/protocol/control-requests";
import { type AssetId, itemIdSchema, type ParticipantId, type ProductId } from "@/lib/protocol/ids";
import { wire } from "@/lib/protocol/wire";
import { drawMark } from "./draw";

const origin = { name: "test" };
const item = itemIdSchema.parse("item-0001");

/** @param kind 0 state vector, 1 answer to one, 2 update */
const syncFrame = (kind: number, body: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, wire.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
  });

export const jsonFrame = (type: number, value: unknown): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, JSON.stringify(value));
  });

export const presenceFrame = (clientId: number, clock: number, state: unknown): Uint8Array =>
  encoding.encode((encoder) => {
    const body = encoding.encode((inner) => {
      for (const number of [1, clientId, clock]) encoding.writeVarUint(inner, number);
      encoding.writeVarString(inner, JSON.stringify(state));
    });
    encoding.writeVarUint(encoder, wire.awareness);
    encoding.writeVarUint8Array(encoder, body);
  });

export interface FramesOf {
  readonly participantId: ParticipantId;
  readonly productId: ProductId;
  readonly assetId: AssetId;
  /** What the room's document holds: marks of others to overwrite and delete. */
  readonly room: Y.Doc;
}

export function honestFrames({ participantId, productId, assetId, room }: FramesOf): Uint8Array[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room));
  const before = Y.encodeStateVector(doc);
  const updates = recorded(doc, () => {
    const first = drawMark(doc, item, participantId);
    const second = drawMark(doc);
    changeMarks(doc, origin, new Map([[first, { x: 30, color: "#0072b2" }]]));
    removeMarks(doc, origin, [second]);
    showItem(doc, origin, item);
    restView(doc, origin, { item, cx: 600, cy: 800, zoom: 2 });
    removeMarks(doc, origin, foreignMarks(room));
    doc.getMap("items").set("item-0002", new Y.Map([["id", "item-0002"]]));
    doc.getText("elsewhere").insert(0, "text");
  });
  const view = { item, cx: 600, cy: 800, zoom: 2, w: 900, h: 700, clock: 3, together: true };
  const id = "request-0001";
  const chat: ChatRequest[] = [
    { type: "send", clientId: "message-0001", text: "Does it come in green? ✂️" },
    { type: "delivered", seq: 1 },
    { type: "seen", seq: 1 },
    { type: "typing", typing: true },
    { type: "history", before: 100 },
  ];
  const control: ControlRequest[] = [
    { type: "show-product", id, productId, pictureIndex: 0 },
    { type: "show-asset", id, assetId },
    { type: "recommend", id, productId, text: "This one" },
    { type: "open-card", id, productId, on: "page" },
    { type: "remove-item", id, itemId: item },
    { type: "restore-item", id, itemId: item },
    { type: "lock-drawing", id, locked: true },
    { type: "confirm", id },
    { type: "renew", id, token: "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYWdlbnQifQ.c2lnbmF0dXJl" },
  ];
  return [
    syncFrame(0, before),
    syncFrame(0, Y.encodeStateVector(doc)),
    syncFrame(1, Y.encodeStateAsUpdate(doc, before)),
    ...updates.map((update) => syncFrame(2, update)),
    presenceFrame(doc.clientID, 1, { participantId, view, pointer: { item, x: 10, y: 20, mode: "laser" } }),
    presenceFrame(doc.clientID, 2, null),
    new Uint8Array([wire.queryAwareness]),
    ...chat.map((request) => jsonFrame(wire.chat, request)),
    ...control.map((request) => jsonFrame(wire.control, request)),
  ];
}

function foreignMarks(room: Y.Doc) {
  return [...room.getMap("marks").keys()].map((key) => key as ReturnType<typeof drawMark>);
}

function recorded(doc: Y.Doc, change: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  change();
  return updates;
}
