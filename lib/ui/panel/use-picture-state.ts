"use client";
/** How far a picture has come, and asking for it again: by itself when a lost line is back. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useSnapshot } from "./panel-provider";
import type { PictureState } from "./picture-layer";

export function usePictureState() {
  const [picture, setPicture] = useState<PictureState>("none");
  const [attempt, setAttempt] = useState(0);
  const online = useSnapshot().connection === "online";
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const failed = useRef(false);
  failed.current = picture === "failed";
  // A picture that did not come over a lost line is asked for again when the line is back.
  useEffect(() => {
    if (online && failed.current) retry();
  }, [online, retry]);
  return { picture, attempt, onState: setPicture, retry };
}
