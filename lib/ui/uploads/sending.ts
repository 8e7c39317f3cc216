/** What somebody is sending right now, told to the others by presence: how far it is, never what it is called. */
import { useEffect, useState } from "react";
import * as z from "zod/mini";
import { type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import { MAX_SENDING, type Sending, sendingSchema } from "@/lib/protocol/presence";
import type { Room } from "@/lib/sync/client/room";

export interface OthersSending extends Sending {
  readonly participantId: ParticipantId;
  /** Which of hers, for as long as it is on its way. */
  readonly key: string;
}

/** Steps in which a share is told: presence is for what people see, and nobody sees one percent. */
const STEP = 0.05;

/** Tells the others; an empty list when nothing is on its way. */
export function useTellSending(room: Room | null, files: readonly Sending[]): void {
  const told = files
    .slice(0, MAX_SENDING)
    .map((file) => ({ ...file, share: Math.floor(file.share / STEP) * STEP }));
  const text = JSON.stringify(told);
  useEffect(() => {
    room?.awareness.setLocalStateField("sending", JSON.parse(text));
  }, [room, text]);
}

const stateSchema = z.object({
  participantId: participantIdSchema,
  sending: z.array(sendingSchema).check(z.maxLength(MAX_SENDING)),
});

/** What everybody else in the room is sending; states that do not parse are as if nobody sent. */
export function useOthersSending(room: Room | null): readonly OthersSending[] {
  const [sending, setSending] = useState<readonly OthersSending[]>([]);
  useEffect(() => {
    if (room === null) return;
    const { awareness } = room;
    let last = "[]";
    const read = () => {
      const found = [...awareness.getStates()].flatMap(([client, state]) => {
        const parsed = stateSchema.safeParse(state);
        if (client === awareness.clientID || !parsed.success) return [];
        const { participantId } = parsed.data;
        return parsed.data.sending.map((each, index) => ({
          ...each,
          participantId,
          key: `${client} ${index}`,
        }));
      });
      // Presence changes with every pointer: only what is told here is worth a new picture.
      const text = JSON.stringify(found);
      if (text === last) return;
      last = text;
      setSending(found);
    };
    read();
    awareness.on("change", read);
    return () => {
      awareness.off("change", read);
      setSending([]);
    };
  }, [room]);
  return sending;
}
