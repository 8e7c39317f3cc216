/** Runs in the desk page of the tests: one viewer, and what it told. */
import { openViewer } from "../../lib/mirror/apply/open-viewer";
import { freezePage } from "../../lib/mirror/freeze/freeze-page";
import { FreezeProblem } from "../../lib/mirror/freeze/freeze-problem";
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
    /** A picture as a `data:` address, or why there is none. */
    frozen: null as string | null,
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
    /** @param size instead of the page's @param gone after so many milliseconds the page is shown no more */
    async freeze(size: { w: number; h: number } | null = null, gone: number | null = null): Promise<void> {
      told.frozen = null;
      const end = new AbortController();
      if (gone !== null) setTimeout(() => end.abort(), gone);
      const { w, h } = size ?? told.page ?? { w: 0, h: 0 };
      try {
        const replica = frame.contentDocument;
        if (!replica) throw new Error("no replica");
        const caption = { title: "Title", address: "shop.example/cart", time: "now" };
        const { signal } = end;
        const picture = await freezePage({ replica, size: { w, h }, caption, bytes: viewer.assets, signal });
        const reader = new FileReader();
        reader.onloadend = () => {
          told.frozen = String(reader.result);
        };
        reader.readAsDataURL(picture);
      } catch (error) {
        told.frozen = error instanceof FreezeProblem ? error.why : String(error);
      }
    },
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
