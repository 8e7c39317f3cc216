import { useEffect, useState } from "react";
import type { DeskConversation } from "@/lib/protocol/desk";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import type { MirrorOffer } from "./mirror-button";
import { useWatch } from "./use-watch";
import type { Watch, WatchSnapshot } from "./watch";

export interface MirrorDesk {
  readonly offer: MirrorOffer | null;
  /** To be shown in place of the panel; null: the panel. */
  readonly shown: { readonly watch: Watch; readonly snapshot: WatchSnapshot } | null;
}

/** The customer's page in one conversation at the desk: whether it can be asked for, and whether it is looked at. */
export function useMirrorDesk(
  conversation: DeskConversation,
  snapshot: RoomSnapshot,
  closed: boolean,
): MirrorDesk {
  const room = snapshot.room;
  const mirror = room?.mirror;
  const phase = mirror?.phase ?? "idle";
  const isOn = phase !== "idle" && phase !== "proposed";
  const [proposes, setProposes] = useState(false);
  const [looks, setLooks] = useState(true);
  const mayHave = mirror?.allowed === true && !closed;
  const { watch, snapshot: seen } = useWatch(
    conversation.conversationId,
    mayHave && (proposes || phase !== "idle"),
  );

  // Asked as soon as there is a line to ask on.
  const isUp = seen?.line === "up" && seen.state !== null;
  useEffect(() => {
    if (!proposes || !isUp || watch === null) return;
    if (phase === "idle") watch.propose();
    // The line stays while the room has not heard of it.
    else setProposes(false);
  }, [proposes, isUp, watch, phase]);

  // A page that she has just begun to show is what the agent wants to see.
  useEffect(() => {
    if (isOn) setLooks(true);
  }, [isOn]);

  if (!mayHave) return { offer: null, shown: null };
  const isMine = mirror.proposedBy !== null && mirror.proposedBy === snapshot.you;
  const offer: MirrorOffer | null = isOn
    ? { kind: "look", looks, press: () => setLooks(!looks) }
    : conversation.myRole !== "agent"
      ? null
      : phase === "proposed"
        ? isMine
          ? { kind: "proposed", press: () => watch?.withdraw() }
          : null
        : { kind: "propose", press: () => setProposes(true) };
  return {
    offer,
    shown: isOn && looks && watch !== null && seen !== null ? { watch, snapshot: seen } : null,
  };
}
