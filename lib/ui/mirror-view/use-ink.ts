import { type RefObject, useEffect, useRef, useState } from "react";
import type { Viewer } from "@/lib/mirror/apply/open-viewer";
import { type InkLayer, openInkLayer } from "@/lib/mirror/ink/ink-layer";
import { openPen } from "@/lib/mirror/ink/open-pen";
import type { Ground } from "@/lib/mirror/ink/sketch";
import type { MirrorPoint } from "@/lib/protocol/mirror";
import { isPageMarkKind } from "@/lib/protocol/page-marks";
import type { FromView, ViewTool } from "./view-message";

export interface Ink {
  /** Somebody else's. */
  take(from: string, color: string, point: Extract<MirrorPoint, { as: "mark" | "erase" }>): void;
  /** The agent takes all marks away, here and there. */
  erase(): void;
  /** The page that is seen is of this epoch; null: none is. @returns whether it is another one, and its marks are gone */
  turnTo(epoch: number | null): boolean;
}

interface InkProps {
  readonly surface: RefObject<HTMLElement | null>;
  readonly parent: RefObject<HTMLElement | null>;
  readonly viewer: Viewer | null;
  readonly port: MessagePort | null;
  readonly scale: number;
  readonly tool: ViewTool;
  readonly color: string;
}

const OWN = "own";

/** Marks over the replica, everybody's and the agent's own. */
export function useInk(props: InkProps): Ink {
  const latest = useRef(props);
  latest.current = props;
  const layer = useRef<InkLayer | null>(null);
  const epoch = useRef<number | null>(null);
  const { viewer, port } = props;

  useEffect(() => {
    const { surface, parent } = latest.current;
    if (viewer === null || port === null || surface.current === null || parent.current === null) return;
    const tell = (message: FromView) => port.postMessage(message);
    const scaleNow = () => latest.current.scale;
    const opened = openInkLayer({
      parent: parent.current,
      hold: (node) => () => scaled(viewer.boxOf(node), scaleNow()),
      scale: scaleNow,
      onAny: (any) => tell({ type: "marks", any }),
    });
    layer.current = opened;
    const stopPen = openPen({
      surface: surface.current,
      kind: () => (isPageMarkKind(latest.current.tool) ? latest.current.tool : null),
      ground: groundOf(viewer, () => epoch.current),
      spotOf: ({ clientX, clientY, currentTarget }) => {
        const box =
          currentTarget instanceof Element ? currentTarget.getBoundingClientRect() : { left: 0, top: 0 };
        return { x: (clientX - box.left) / scaleNow(), y: (clientY - box.top) / scaleNow() };
      },
      onDrawn: (mark) => opened.show(OWN, latest.current.color, mark),
      onTold: (mark) => tell({ type: "point", point: mark }),
    });
    return () => {
      layer.current = null;
      stopPen();
      opened.close();
    };
  }, [viewer, port]);

  const [ink] = useState<Ink>(() => ({
    take(from, color, point) {
      if (point.as === "erase") layer.current?.erase();
      else if (point.epoch === epoch.current) layer.current?.show(from, color, point);
    },
    erase() {
      layer.current?.erase();
      const of = epoch.current;
      if (of === null) return;
      latest.current.port?.postMessage({
        type: "point",
        point: { as: "erase", epoch: of },
      } satisfies FromView);
    },
    turnTo(next) {
      if (next === epoch.current) return false;
      epoch.current = next;
      layer.current?.erase();
      return true;
    },
  }));
  return ink;
}

function scaled(box: DOMRectReadOnly | null, scale: number): DOMRectReadOnly | null {
  return box && new DOMRectReadOnly(box.x * scale, box.y * scale, box.width * scale, box.height * scale);
}

/** The replica as ground: what viewers know is all there is. */
function groundOf(viewer: Viewer, epochNow: () => number | null): Ground {
  return {
    standAt({ x, y }) {
      const place = viewer.placeAt(x, y);
      const width = place === null ? 0 : (viewer.boxOf(place.node)?.width ?? 0);
      return place !== null && width >= 1 ? { ...place, width } : null;
    },
    spotOf: ({ epoch, node, fx, fy }) => (epoch === epochNow() ? viewer.pointOf(node, fx, fy) : null),
  };
}
