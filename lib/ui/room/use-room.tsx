"use client";
/** One open room for a subtree, and its snapshot as React state. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { type OpenRoomOptions, openRoom } from "@/lib/sync/client/open-room";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";

/** Opens while mounted; null before the first effect and while `options` is null. Keyed by conversation and address. */
export function useOpenRoom(options: OpenRoomOptions | null): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  const key = options === null ? null : `${options.baseUrl} ${options.conversationId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new getToken closure is no reason to reconnect
  useEffect(() => {
    if (options === null) return;
    const opened = openRoom(options);
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.close();
    };
  }, [key]);
  return room;
}

/** The room's snapshot; renders again when it changes. */
export function useRoomSnapshot(room: Room): RoomSnapshot {
  return useSyncExternalStore(room.subscribe, room.getSnapshot, room.getSnapshot);
}
