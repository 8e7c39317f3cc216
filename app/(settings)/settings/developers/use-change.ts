"use client";
import { useState, useTransition } from "react";
import type { ChangeResult } from "./actions";

/** Runs one change at a time; `failed` until the next one worked. */
export function useChange() {
  const [failed, setFailed] = useState(false);
  const [busy, start] = useTransition();
  const run = (change: () => Promise<ChangeResult>) =>
    start(async () => setFailed((await change()).kind === "refused"));
  return { busy, failed, run };
}
