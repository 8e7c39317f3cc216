"use client";
import { useEffect } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { useOpenRoom } from "@/lib/ui/room/use-room";

/** Holds the room open while mounted. A chunk of its own: who only looks at the first screen does not load the sync client. */
export default function RoomKeeper(props: {
  readonly conversationId: ConversationId;
  readonly getToken: () => Promise<string>;
  readonly onRoom: (room: Room | null) => void;
}) {
  const { conversationId, getToken, onRoom } = props;
  const room = useOpenRoom({ baseUrl: window.location.origin, conversationId, getToken });
  useEffect(() => {
    onRoom(room);
    return () => onRoom(null);
  }, [room, onRoom]);
  return null;
}
