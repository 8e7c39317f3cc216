import { useCallback, useSyncExternalStore } from "react";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";

/** The room's snapshot, null while there is no room. Imports only the room's type: the room itself comes later, in its own chunk. */
export function useRoomValue(room: Room | null): RoomSnapshot | null {
  const subscribe = useCallback(
    (changed: () => void) => room?.subscribe(changed) ?? (() => undefined),
    [room],
  );
  const read = useCallback(() => room?.getSnapshot() ?? null, [room]);
  return useSyncExternalStore(subscribe, read, () => null);
}
