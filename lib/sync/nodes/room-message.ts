/** What nodes tell each other about a room, as bytes. Updates and presence are most of it: they travel as they are. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as z from "zod/mini";
import { chatUpdateSchema } from "@/lib/protocol/chat";
import { memberIdSchema, participantIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import type { RoomMessage } from "@/lib/sync/server/ports";

const kinds = { update: 0, presence: 1, chat: 2, people: 3, ask: 4, answer: 5, leave: 6 } as const;

const peopleSchema = z.array(
  z.object({
    participantId: participantIdSchema,
    memberId: z.nullable(memberIdSchema),
    visitorId: z.nullable(visitorIdSchema),
    since: z.number(),
    online: z.boolean(),
  }),
);
const ownersSchema = z.array(z.tuple([z.number(), participantIdSchema]));

export function writeRoomMessage(encoder: encoding.Encoder, message: RoomMessage): void {
  encoding.writeUint8(encoder, kinds[message.kind]);
  switch (message.kind) {
    case "update":
      encoding.writeVarString(encoder, message.by ?? "");
      encoding.writeVarUint(encoder, message.clients.length);
      for (const client of message.clients) encoding.writeVarUint(encoder, client);
      encoding.writeVarUint8Array(encoder, message.update);
      break;
    case "presence":
      encoding.writeVarString(encoder, message.by);
      encoding.writeVarUint(encoder, message.records.length);
      for (const { clientId, clock, state } of message.records) {
        encoding.writeVarUint(encoder, clientId);
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarString(encoder, state);
      }
      break;
    case "chat":
      encoding.writeVarString(encoder, JSON.stringify(message.update));
      break;
    case "people":
      encoding.writeVarString(encoder, JSON.stringify(message.people));
      break;
    case "ask":
      encoding.writeVarUint8Array(encoder, message.stateVector);
      encoding.writeVarUint(encoder, message.newest);
      break;
    case "answer":
      encoding.writeVarUint8Array(encoder, message.update);
      encoding.writeVarUint8Array(encoder, message.stateVector ?? new Uint8Array());
      encoding.writeVarString(encoder, JSON.stringify([...message.owners]));
      encoding.writeVarUint(encoder, message.newest);
      break;
    case "leave":
      break;
  }
}

/** @throws Error when it is none: another version of us, or somebody else's */
export function readRoomMessage(decoder: decoding.Decoder): RoomMessage {
  const kind = decoding.readUint8(decoder);
  switch (kind) {
    case kinds.update: {
      const by = readParticipant(decoder);
      const clients = readMany(decoder, () => decoding.readVarUint(decoder));
      return { kind: "update", by, clients, update: decoding.readVarUint8Array(decoder) };
    }
    case kinds.presence: {
      const by = participantIdSchema.parse(decoding.readVarString(decoder));
      const records = readMany(decoder, () => ({
        clientId: decoding.readVarUint(decoder),
        clock: decoding.readVarUint(decoder),
        state: decoding.readVarString(decoder),
      }));
      return { kind: "presence", by, records };
    }
    case kinds.chat:
      return { kind: "chat", update: chatUpdateSchema.parse(readJson(decoder)) };
    case kinds.people:
      return { kind: "people", people: peopleSchema.parse(readJson(decoder)) };
    case kinds.ask: {
      const stateVector = decoding.readVarUint8Array(decoder);
      return { kind: "ask", stateVector, newest: decoding.readVarUint(decoder) };
    }
    case kinds.answer: {
      const update = decoding.readVarUint8Array(decoder);
      const stateVector = decoding.readVarUint8Array(decoder);
      const owners = new Map(ownersSchema.parse(readJson(decoder)));
      return {
        kind: "answer",
        update,
        owners,
        stateVector: stateVector.length > 0 ? stateVector : null,
        newest: decoding.readVarUint(decoder),
      };
    }
    case kinds.leave:
      return { kind: "leave" };
    default:
      throw new Error(`unknown room message ${kind}`);
  }
}

function readParticipant(decoder: decoding.Decoder) {
  const id = decoding.readVarString(decoder);
  return id === "" ? null : participantIdSchema.parse(id);
}

function readMany<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const values: T[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) values.push(read());
  return values;
}

const readJson = (decoder: decoding.Decoder): unknown => JSON.parse(decoding.readVarString(decoder));
