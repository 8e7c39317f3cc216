/** The server's clock over a room's line. */
import type { Room } from "@/lib/sync/client/room";
import { openServerClock, type ServerClock } from "@/lib/sync/client/server-clock";

export function openRoomClock(room: Room): ServerClock {
  return openServerClock({
    ask: () => room.askServerTime(),
    steady: () => performance.now(),
    isOnline: () => room.getSnapshot().connection === "online",
    onLine: (listener) => room.subscribe(listener),
    later(run, milliseconds) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
