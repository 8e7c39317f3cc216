"use client";
/**
 * The page inside the desk in which a customer's page is rebuilt. A page of its own, because its policy lets the shop's
 * pictures in, which the desk's does not; what it rebuilds stands in a frame in which no script runs.
 */
import { useEffect, useRef, useState } from "react";
import { openViewer, type Viewer } from "@/lib/mirror/apply/open-viewer";
import type { PageFacts } from "@/lib/mirror/wire/page-message";
import { type EditedField, FieldEditor } from "./field-editor";
import styles from "./mirror-view.module.css";
import { openOverlay } from "./overlay";
import { CUSTOMER_COLOR, PointLayer, type ShownPoint } from "./point-layer";
import { useFreezer } from "./use-freezer";
import { useInk } from "./use-ink";
import {
  type FromView,
  type ToView,
  VIEW_PORT,
  VIEW_READY,
  type ViewTool,
  type ViewWords,
} from "./view-message";

/** Of an empty replica. */
const NO_PAGE: PageFacts = { w: 1280, h: 800, url: "", title: "", mode: "default" };

export function MirrorView() {
  const frame = useRef<HTMLIFrameElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const [port, setPort] = useState<MessagePort | null>(null);
  const [words, setWords] = useState<ViewWords | null>(null);
  const [customer, setCustomer] = useState("");
  const [facts, setFacts] = useState<PageFacts | null>(null);
  const [tool, setTool] = useState<ViewTool>("point");
  const [fits, setFits] = useState(true);
  const [edited, setEdited] = useState<EditedField | null>(null);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [points, setPoints] = useState<ReadonlyMap<string, ShownPoint>>(new Map());
  const scale = useScale(facts ?? NO_PAGE, fits);
  const [color, setColor] = useState(CUSTOMER_COLOR);
  const marks = useRef<HTMLDivElement>(null);
  const freezer = useFreezer(frame);
  const ink = useInk({ surface, parent: marks, viewer, port, scale, tool, color });

  useEffect(() => {
    const take = (event: MessageEvent<unknown>) => {
      const [given] = event.ports;
      if (event.origin !== window.location.origin || event.source !== window.parent) return;
      if (event.data === VIEW_PORT && given) setPort(given);
    };
    window.addEventListener("message", take);
    window.parent.postMessage(VIEW_READY, window.location.origin);
    return () => window.removeEventListener("message", take);
  }, []);

  useEffect(() => {
    if (port === null || frame.current === null) return;
    const tell = (message: FromView) => port.postMessage(message);
    let page: PageFacts | null = null;
    const opened = openViewer({
      frame: frame.current,
      onPage(next) {
        page = next;
        setFacts(next);
        tell({ type: "page", facts: next });
      },
      onApplied(epoch, seq) {
        // Another page: what was pointed at is not on it.
        if (ink.turnTo(epoch)) setPoints(new Map());
        tell({ type: "applied", epoch, seq });
      },
      onResync: (epoch) => tell({ type: "resync", epoch }),
      onWantAsset: (key) => tell({ type: "want-asset", key }),
      onCursor: (x, y) => setPoints((now) => new Map(now).set("customer", { kind: "cursor", x, y })),
    });
    port.onmessage = ({ data }: MessageEvent<Uint8Array | ToView>) => {
      if (data instanceof Uint8Array) {
        freezer.pass(opened, data);
        return;
      }
      switch (data.type) {
        case "setup":
          document.documentElement.lang = data.locale;
          setWords(data.words);
          setCustomer(data.customer);
          return;
        case "tool":
          setTool(data.tool);
          setColor(data.color);
          setEdited(null);
          return;
        case "erase":
          ink.erase();
          return;
        case "size":
          setFits(data.size === "fit");
          return;
        case "freeze":
          void freezer.freeze(opened, page).then((answer) => tell({ type: "frozen", answer }));
          return;
        case "wipe":
          freezer.end();
          opened.wipe();
          page = null;
          setFacts(null);
          setEdited(null);
          setPoints(new Map());
          ink.turnTo(null);
          return;
        case "point": {
          const { from, by, point } = data;
          const color = by?.color ?? CUSTOMER_COLOR;
          if (point.as === "mark" || point.as === "erase") {
            ink.take(from, color, point);
            return;
          }
          setPoints((now) => {
            const next = new Map(now);
            if (point.as === "clear") next.delete(`${from} highlight`);
            else next.set(`${from} ${point.as}`, { kind: "place", from, name: by?.name ?? "", color, point });
            return next;
          });
        }
      }
    };
    setViewer(opened);
    return () => {
      setViewer(null);
      freezer.end();
      opened.close();
      port.close();
    };
  }, [port, ink, freezer]);

  useEffect(() => {
    if (surface.current === null || viewer === null || port === null) return;
    const opened = openOverlay({
      surface: surface.current,
      viewer,
      scale,
      tool,
      tell: (message: FromView) => port.postMessage(message),
      edit: setEdited,
    });
    return () => opened.close();
  }, [viewer, port, scale, tool]);

  const { w, h } = facts ?? NO_PAGE;
  return (
    <main className={styles.view} data-shown={facts !== null}>
      <div className={styles.page} style={{ width: w * scale, height: h * scale }}>
        <iframe
          ref={frame}
          title={words?.page ?? ""}
          sandbox="allow-same-origin"
          className={styles.replica}
          style={{ width: w, height: h, transform: `scale(${scale})` }}
          tabIndex={-1}
        />
        <div
          ref={surface}
          className={styles.surface}
          data-tool={tool}
          data-testid="mirror-surface"
          role="application"
          aria-label={words?.overlay ?? ""}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that are meant for the page
          tabIndex={0}
        />
        <div ref={marks} className={styles.points} data-testid="mirror-marks" />
        {viewer !== null && (
          <PointLayer points={points} viewer={viewer} scale={scale} customer={customer} facts={facts} />
        )}
        {edited !== null && viewer !== null && words !== null && (
          <FieldEditor
            key={edited.node}
            field={edited}
            viewer={viewer}
            scale={scale}
            words={words}
            onAct={(act) => port?.postMessage({ type: "act", epoch: edited.epoch, act } satisfies FromView)}
            onClose={() => {
              setEdited(null);
              surface.current?.focus();
            }}
          />
        )}
      </div>
    </main>
  );
}

/** How many CSS pixels of ours one of the page's takes: never more than one, so that letters stay sharp. */
function useScale(page: PageFacts, fits: boolean): number {
  const [room, setRoom] = useState({ w: 0, h: 0 });
  useEffect(() => {
    const measure = () => setRoom({ w: window.innerWidth, h: window.innerHeight });
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, []);
  if (!fits || room.w === 0) return 1;
  return Math.min(1, room.w / page.w, room.h / page.h);
}
