import { AppError } from "@/lib/protocol/errors";
import type { Room } from "@/lib/sync/client/room";

/** Milliseconds to wait for a line before giving up; what waits here is a wish of this moment. */
const PATIENCE_MS = 15_000;

/** Resolves when the room is connected. @throws AppError unavailable when it does not come, or is over. */
export function whenOnline(room: Room): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      leave();
      done();
    };
    const look = () => {
      const { connection } = room.getSnapshot();
      if (connection === "online") settle(resolve);
      if (connection === "ended") settle(() => reject(new AppError("conversation_closed")));
    };
    const timer = setTimeout(() => settle(() => reject(new AppError("unavailable"))), PATIENCE_MS);
    const leave = room.subscribe(look);
    look();
  });
}
