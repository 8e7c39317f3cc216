/** What the shopper says: at once into the room, or kept for the moment until the first word has opened one. */

import { useCallback, useState } from "react";
import type { ProductId } from "@/lib/protocol/ids";
import { randomId } from "@/lib/sync/client/random-id";
import type { Room } from "@/lib/sync/client/room";
import type { LogMessage } from "@/lib/ui/chat/log-message";
import { whenOnline } from "./when-online";

export interface Outgoing {
  /** Shown as being sent until the room has taken them over. */
  readonly waiting: readonly LogMessage[];
  readonly failed: boolean;
  readonly say: (text: string) => void;
  /** Says it and puts the product on the panel. */
  readonly ask: (text: string, productId: ProductId | null) => void;
}

/** @param onFailed gets the text back, so that nothing typed is lost. */
export function useOutgoing(roomSoon: () => Promise<Room>, onFailed: (text: string) => void): Outgoing {
  const [waiting, setWaiting] = useState<readonly LogMessage[]>([]);
  const [failed, setFailed] = useState(false);

  const send = useCallback(
    async (text: string): Promise<Room | null> => {
      const clientId = randomId();
      const body = { kind: "text", text } as const;
      setFailed(false);
      setWaiting((all) => [
        ...all,
        { clientId, seq: null, participantId: null, body, at: Date.now(), state: "sending" },
      ]);
      try {
        const room = await roomSoon();
        room.sendText(text);
        return room;
      } catch {
        setFailed(true);
        onFailed(text);
        return null;
      } finally {
        setWaiting((all) => all.filter((one) => one.clientId !== clientId));
      }
    },
    [roomSoon, onFailed],
  );

  const say = useCallback((text: string) => void send(text), [send]);

  const ask = useCallback(
    (text: string, productId: ProductId | null) => {
      send(text)
        .then(async (room) => {
          if (room === null || productId === null) return;
          await whenOnline(room);
          await room.request({ type: "show-product", productId, pictureIndex: 0 });
        })
        // The question has arrived; that the picture did not come with it is no reason for an error.
        .catch(() => undefined);
    },
    [send],
  );

  return { waiting, failed, say, ask };
}
