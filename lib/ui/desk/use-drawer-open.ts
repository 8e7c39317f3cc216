"use client";
import { useCallback, useEffect, useState } from "react";

const KEY = "vetrina-desk-drawer";
/** From this width on, CSS pixels, there is room for the drawer beside the panel. */
const ROOM_PX = 1_200;

/** Open where there is room for it, as the agent last left it there; over the panel only when asked for. */
export function useDrawerOpen(): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const room = window.matchMedia(`(min-width: ${ROOM_PX}px)`);
    const settle = () => setOpen(room.matches && localStorage.getItem(KEY) !== "closed");
    settle();
    room.addEventListener("change", settle);
    return () => room.removeEventListener("change", settle);
  }, []);
  const change = useCallback((next: boolean) => {
    setOpen(next);
    if (window.innerWidth >= ROOM_PX) localStorage.setItem(KEY, next ? "open" : "closed");
  }, []);
  return [open, change];
}
