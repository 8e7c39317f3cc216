/** Runs in the desk page of the tests: one viewer, and what it told. */
import { openViewer } from "../../lib/mirror/apply/open-viewer";
import type { PageFacts } from "../../lib/mirror/wire/page-message";

function openDesk() {
  const frame = document.querySelector("iframe");
  if (!frame) throw new Error("no frame");
  const told = {
    applied: [0, -1] as [epoch: number, seq: number],
    resyncs: [] as { epoch: number; at: number }[],
    wanted: [] as string[],
    cursor: null as { x: number; y: number } | null,
    page: null as PageFacts | null,
    errors: [] as string[],
  };
  addEventListener("error", (event) => told.errors.push(event.message));
  const viewer = openViewer({
    frame,
    onPage: (page) => {
      told.page = page;
      frame.style.width = `${page.w}px`;
      frame.style.height = `${page.h}px`;
    },
    onApplied: (epoch, seq) => {
      told.applied = [epoch, seq];
    },
    onResync: (epoch) => told.resyncs.push({ epoch, at: performance.now() }),
    onWantAsset: (key) => told.wanted.push(key),
    onCursor: (x, y) => {
      told.cursor = { x, y };
    },
    wordFor: (why) => why,
  });
  return {
    viewer,
    told,
    receive(base64: string) {
      const bytes = atob(base64);
      viewer.receive(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
    },
  };
}

declare global {
  interface Window {
    desk: ReturnType<typeof openDesk>;
  }
}
window.desk = openDesk();
