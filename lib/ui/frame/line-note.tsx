import { useEffect, useState } from "react";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./frame-app.module.css";
import { type LineState, nextLine } from "./line-state";

/** Milliseconds for which good news stays. */
const GOOD_NEWS_MS = 5_000;

const words: Readonly<Record<LineState, FrameKey | null>> = {
  fine: null,
  offline: "offline",
  returning: "offline",
  back: "backOnline",
  "not-saving": "notSaving",
};

/** One line about the line, only while there is something to say. */
export function LineNote({ snapshot }: { readonly snapshot: RoomSnapshot | null }) {
  const t = useMessages<FrameKey>("frame");
  const [line, setLine] = useState<LineState>("fine");

  useEffect(() => {
    if (snapshot !== null) setLine((before) => nextLine(before, snapshot));
  }, [snapshot]);

  useEffect(() => {
    if (line !== "back") return;
    const timer = setTimeout(setLine, GOOD_NEWS_MS, "fine");
    return () => clearTimeout(timer);
  }, [line]);

  const key = words[line];
  return (
    <p className={styles.line} data-line={line} role="status">
      {key === null ? "" : t(key)}
    </p>
  );
}
