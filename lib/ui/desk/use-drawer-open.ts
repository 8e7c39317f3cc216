"use client";
import { useCallback, useEffect, useState } from "react";

const KEY = "vetrina-desk-drawer";
/** From this width on, CSS pixels, there is room for the drawer beside the panel. */
const ROOM_PX = 1_200;

/** Open where there is room for it, as the agent last left it there; over the panel only when asked for. */
export function useDrawerOpen(): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(window.innerWidth >= ROOM_PX && localStorage.getItem(KEY) !== "closed"), []);
  const change = useCallback((next: boolean) => {
    setOpen(next);
    if (window.innerWidth >= ROOM_PX) localStorage.setItem(KEY, next ? "open" : "closed");
  }, []);
  return [open, change];
}
