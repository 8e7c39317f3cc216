"use client";
/** The room in which the panel stands. */
import { createContext, useContext } from "react";
import type { Room } from "@/lib/sync/client/room";

export const PanelRoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = useContext(PanelRoomContext);
  if (!room) throw new Error("a part of the panel stands outside PanelView");
  return room;
}
