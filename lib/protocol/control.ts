/** Room control, wire type 17: who is here, what each may do, and requests only the server can carry out. */
import * as z from "zod/mini";
import { basketSchema } from "./basket";
import { errorCodes } from "./errors";
import { conversationIdSchema, participantIdSchema } from "./ids";
import { mirrorPhases } from "./mirror-phase";
import { participantRoles } from "./roles";

const rightsSchema = z.object({
  draw: z.boolean(),
  editOthers: z.boolean(),
  chat: z.boolean(),
  show: z.boolean(),
  lead: z.boolean(),
});

const roomParticipantSchema = z.object({
  participantId: participantIdSchema,
  role: z.enum(participantRoles),
  name: z.string(),
  /** Index into the palette. */
  color: z.number(),
  /** At least one live connection. */
  online: z.boolean(),
  /** Took part, and does no more. */
  hasLeft: z.optional(z.boolean()),
});
export type RoomParticipant = z.infer<typeof roomParticipantSchema>;

export const conversationStatuses = ["waiting", "open", "closed"] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

/** What everybody in the room knows of the page mirror; who takes part in it hears the rest on its own socket. */
const roomMirrorSchema = z.object({
  /** The shop has it switched on. */
  allowed: z.boolean(),
  phase: z.enum(mirrorPhases),
  /** The agent who asks to see the page, while proposed. */
  proposedBy: z.nullable(participantIdSchema),
});
export type RoomMirror = z.infer<typeof roomMirrorSchema>;

const roomStateSchema = z.object({
  conversationId: conversationIdSchema,
  status: z.enum(conversationStatuses),
  drawingLocked: z.boolean(),
  participants: z.array(roomParticipantSchema),
  mirror: roomMirrorSchema,
});
export type RoomState = z.infer<typeof roomStateSchema>;

/** Frames the server sends in wire type 17. */
export const controlUpdateSchema = z.discriminatedUnion("type", [
  /** First frame after the door: who the server takes you for. */
  z.object({
    type: z.literal("welcome"),
    you: participantIdSchema,
    rights: rightsSchema,
    room: roomStateSchema,
  }),
  /** Something of the room changed; the whole state, it is small. */
  z.object({ type: z.literal("room"), rights: rightsSchema, room: roomStateSchema }),
  /** The basket changed; all of it. After the welcome when there is one. */
  z.object({ type: z.literal("basket"), basket: basketSchema }),
  z.object({ type: z.literal("done"), id: z.string() }),
  /** The server's time, milliseconds since 1970, as this was sent. */
  z.object({ type: z.literal("clock"), id: z.string(), now: z.number() }),
  /** A request, or (id empty) a document write, was refused. After a refused write the client reloads the document. */
  z.object({ type: z.literal("refused"), id: z.string(), code: z.enum(errorCodes) }),
  /** False while updates cannot be stored. */
  z.object({ type: z.literal("saving"), ok: z.boolean() }),
]);
export type ControlUpdate = z.infer<typeof controlUpdateSchema>;
