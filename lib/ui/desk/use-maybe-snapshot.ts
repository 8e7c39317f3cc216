"use client";
import { useSyncExternalStore } from "react";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";

const never = () => () => {};
const none = () => null;

/** A room's snapshot, or null while there is no room yet. */
export function useMaybeSnapshot(room: Room | null): RoomSnapshot | null {
  return useSyncExternalStore(room?.subscribe ?? never, room?.getSnapshot ?? none, none);
}
