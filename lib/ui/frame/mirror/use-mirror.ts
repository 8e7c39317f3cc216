import { useCallback, useState } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import type { Hello } from "../use-bridge";

export interface Mirror {
  /** She may begin to show the page. */
  readonly mayShow: boolean;
  /** Her end of a mirror has to be there. */
  readonly needed: boolean;
  /** She pressed "show this page", and has not been asked yet. */
  readonly asking: boolean;
  /** Name of the agent who asks to see the page. */
  readonly proposedBy: string | null;
  /** Who sees the page now, by name. */
  readonly sees: string | null;
  readonly ask: () => void;
  readonly asked: () => void;
  readonly done: () => void;
  readonly setSees: (names: string | null) => void;
}

/** Whether the page is, may be or is asked to be shown, from what the room knows; the rest is in the mirror's own chunk. */
export function useMirror(
  hello: Hello | null,
  conversationId: ConversationId | null,
  snapshot: RoomSnapshot | null,
): Mirror {
  const [asking, setAsking] = useState(false);
  const [sees, setSees] = useState<string | null>(null);
  const [kept, setKept] = useState(false);
  /** What was kept from the last page is of no more use. */
  const [over, setOver] = useState(false);
  const room = snapshot?.room ?? null;
  const mirror = room?.mirror;
  const isBusy = mirror !== undefined && mirror.phase !== "idle";
  const wanted =
    conversationId !== null && room !== null && (asking || isBusy || (hello?.mirror !== undefined && !over));
  // Until it has nothing left to say, also when the mirror itself is over.
  if (wanted && !kept) setKept(true);
  const proposer = room?.participants.find((one) => one.participantId === mirror?.proposedBy);
  return {
    mayShow: mirror?.allowed === true && mirror.phase === "idle" && !kept,
    needed: kept && room !== null,
    asking,
    proposedBy: mirror?.phase === "proposed" ? (proposer?.name ?? null) : null,
    sees,
    ask: useCallback(() => setAsking(true), []),
    asked: useCallback(() => setAsking(false), []),
    done: useCallback(() => {
      setOver(true);
      setKept(false);
    }, []),
    setSees,
  };
}
