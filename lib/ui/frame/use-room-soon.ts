import { useCallback, useRef, useState } from "react";
import type { Room } from "@/lib/sync/client/room";
import type { Conversation } from "./use-conversation";

/** The room, and a promise of it for what the shopper does before there is one. */
export function useRoomSoon(conversation: Conversation) {
  const [room, setRoom] = useState<Room | null>(null);
  const current = useRef<Room | null>(null);
  const waiters = useRef<((room: Room) => void)[]>([]);
  const { ensure } = conversation;

  const onRoom = useCallback((next: Room | null) => {
    current.current = next;
    setRoom(next);
    if (next === null) return;
    for (const resolve of waiters.current.splice(0)) resolve(next);
  }, []);

  /** Opens the conversation if there is none. @throws AppError when that fails */
  const roomSoon = useCallback(async (): Promise<Room> => {
    await ensure();
    if (current.current !== null) return current.current;
    return new Promise((resolve) => waiters.current.push(resolve));
  }, [ensure]);

  return { room, onRoom, roomSoon };
}
