/** What travels between nodes: one message to a node, or to all, with its sender. Several go in one publication. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as z from "zod/mini";
import {
  type ConversationId,
  conversationIdSchema,
  memberIdSchema,
  participantIdSchema,
  shopIdSchema,
} from "@/lib/protocol/ids";
import type { NodeId, NodeNotice, RoomMessage } from "@/lib/sync/server/ports";
import { readRoomMessage, writeRoomMessage } from "./room-message";

/** Grows when nodes of two versions could misread each other; they then ignore each other while one is replaced. */
const VERSION = 1;
const kinds = { room: 0, notice: 1, alive: 2, bye: 3 } as const;

/** One of the shop's people with an open desk. */
const deskPersonSchema = z.object({ shopId: shopIdSchema, memberId: memberIdSchema, name: z.string() });
export type DeskPerson = z.infer<typeof deskPersonSchema>;

const noticeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("changed"), conversationId: conversationIdSchema }),
  z.object({ type: z.literal("disconnect"), participantId: participantIdSchema }),
  z.object({ type: z.literal("disconnect-member"), memberId: memberIdSchema, removed: z.boolean() }),
  z.object({ type: z.literal("desk"), shopId: shopIdSchema, conversationIds: z.array(conversationIdSchema) }),
]);

export type NodeMessage =
  | { readonly kind: "room"; readonly conversationId: ConversationId; readonly message: RoomMessage }
  | { readonly kind: "notice"; readonly notice: NodeNotice }
  /** The sender lives. @property desks whose desk is open there */
  | { readonly kind: "alive"; readonly desks: readonly DeskPerson[] }
  | { readonly kind: "bye" };

export interface Publication {
  readonly from: NodeId;
  readonly messages: readonly NodeMessage[];
}

export function encodePublication({ from, messages }: Publication): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8(encoder, VERSION);
    encoding.writeVarString(encoder, from);
    encoding.writeVarUint(encoder, messages.length);
    for (const message of messages) write(encoder, message);
  });
}

/** Null: of another version. @throws Error when it does not parse */
export function decodePublication(bytes: Uint8Array): Publication | null {
  const decoder = decoding.createDecoder(bytes);
  if (decoding.readUint8(decoder) !== VERSION) return null;
  const from = decoding.readVarString(decoder);
  const messages: NodeMessage[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) messages.push(read(decoder));
  return { from, messages };
}

function write(encoder: encoding.Encoder, message: NodeMessage): void {
  encoding.writeUint8(encoder, kinds[message.kind]);
  switch (message.kind) {
    case "room":
      encoding.writeVarString(encoder, message.conversationId);
      writeRoomMessage(encoder, message.message);
      break;
    case "notice":
      encoding.writeVarString(encoder, JSON.stringify(message.notice));
      break;
    case "alive":
      encoding.writeVarString(encoder, JSON.stringify(message.desks));
      break;
    case "bye":
      break;
  }
}

function read(decoder: decoding.Decoder): NodeMessage {
  const kind = decoding.readUint8(decoder);
  switch (kind) {
    case kinds.room: {
      const conversationId = conversationIdSchema.parse(decoding.readVarString(decoder));
      return { kind: "room", conversationId, message: readRoomMessage(decoder) };
    }
    case kinds.notice:
      return { kind: "notice", notice: noticeSchema.parse(JSON.parse(decoding.readVarString(decoder))) };
    case kinds.alive:
      return {
        kind: "alive",
        desks: z.array(deskPersonSchema).parse(JSON.parse(decoding.readVarString(decoder))),
      };
    case kinds.bye:
      return { kind: "bye" };
    default:
      throw new Error(`unknown node message ${kind}`);
  }
}
