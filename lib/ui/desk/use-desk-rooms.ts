"use client";
/** Every conversation of the agent keeps its room connected, so that switching shows what is already there. */
import { useEffect, useRef, useState } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { getRoomToken } from "./desk-api";

export type DeskRooms = ReadonlyMap<ConversationId, Room>;

export function useDeskRooms(ids: readonly ConversationId[]): DeskRooms {
  const open = useRef(new Map<ConversationId, Room>());
  const [rooms, setRooms] = useState<DeskRooms>(new Map());
  const key = [...ids].sort().join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the ids, whatever their order
  useEffect(() => {
    const wanted = new Set(ids);
    let changed = false;
    for (const [id, room] of open.current) {
      if (wanted.has(id)) continue;
      room.close();
      open.current.delete(id);
      changed = true;
    }
    for (const id of wanted) {
      if (open.current.has(id)) continue;
      const options = {
        baseUrl: window.location.origin,
        conversationId: id,
        getToken: () => getRoomToken(id),
      };
      open.current.set(id, openRoom(options));
      changed = true;
    }
    if (changed) setRooms(new Map(open.current));
  }, [key]);

  useEffect(() => {
    const opened = open.current;
    return () => {
      for (const room of opened.values()) room.close();
      opened.clear();
    };
  }, []);

  return rooms;
}
