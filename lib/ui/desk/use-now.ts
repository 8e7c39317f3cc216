"use client";
import { useEffect, useState } from "react";

/** The server's time, renewed often enough for ages in minutes. Zero before the first effect, so that server and browser agree. */
export function useNow(skewMs: number): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const tick = () => setNow(Date.now() + skewMs);
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [skewMs]);
  return now;
}

const TICK_MS = 10_000;
