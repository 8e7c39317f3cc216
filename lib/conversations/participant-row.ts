/** From the table's plain strings to the protocol's words; a row that does not fit is a broken database, not a bad request. */
import * as z from "zod/mini";
import { participantIdSchema } from "@/lib/protocol/ids";
import { participantRoles } from "@/lib/protocol/roles";
import type { AccessParticipant } from "./conversation-access";

const rowSchema = z.object({
  id: participantIdSchema,
  role: z.enum(participantRoles),
  name: z.string(),
  color: z.number(),
});

export function parseParticipant(row: {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly color: number;
}): AccessParticipant {
  const { id, role, name, color } = rowSchema.parse(row);
  return { participantId: id, role, name, color };
}
