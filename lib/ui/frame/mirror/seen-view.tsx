"use client";
import { useEffect, useRef, useState } from "react";
import { openViewer } from "@/lib/mirror/apply/open-viewer";
import type { PageFacts } from "@/lib/mirror/wire/page-message";
import type { MirrorKey } from "@/lib/ui/messages/mirror";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./mirror.module.css";
import type { Seat } from "./mirror-seat";

/** Her own page as the agents' desks rebuild it, small and live: made from the very bytes that leave. */
export default function SeenView({ seat }: { readonly seat: Seat }) {
  const t = useMessages<MirrorKey>("mirror");
  const box = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [page, setPage] = useState<PageFacts | null>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    if (frame.current === null) return;
    const viewer = openViewer({
      frame: frame.current,
      onPage: setPage,
      onApplied: () => undefined,
      onResync: () => seat.askFull(),
      onWantAsset: (key) => seat.wantAsset(key),
      onCursor: () => undefined,
    });
    const stop = seat.watchStream((bytes) => viewer.receive(bytes));
    return () => {
      stop();
      viewer.close();
    };
  }, [seat]);

  useEffect(() => {
    const measure = new ResizeObserver(() => setWidth(box.current?.clientWidth ?? 0));
    if (box.current) measure.observe(box.current);
    return () => measure.disconnect();
  }, []);

  const scale = page === null || width === 0 ? 1 : width / page.w;
  return (
    <div ref={box} className={styles.seen} style={{ height: page === null ? 0 : page.h * scale }}>
      <iframe
        ref={frame}
        title={t("seen")}
        sandbox="allow-same-origin"
        tabIndex={-1}
        style={{ width: page?.w ?? 0, height: page?.h ?? 0, transform: `scale(${scale})` }}
      />
    </div>
  );
}
