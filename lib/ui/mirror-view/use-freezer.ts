import { type RefObject, useRef, useState } from "react";
import type { Viewer } from "@/lib/mirror/apply/open-viewer";
import { FreezeProblem } from "@/lib/mirror/freeze/freeze-problem";
import type { PageFacts } from "@/lib/mirror/wire/page-message";
import { decodeStreamFrame } from "@/lib/mirror/wire/stream-frame";
import { shortAddress } from "./short-address";
import type { FreezeAnswer, FreezeRefusal } from "./view-message";

export interface Freezer {
  /** Makes a picture of what is seen now. Never rejects. */
  freeze(viewer: Viewer, facts: PageFacts | null): Promise<FreezeAnswer>;
  /** A frame of the stream: what changes the page waits while a picture is made, so that it is one of one moment. */
  pass(viewer: Viewer, bytes: Uint8Array): void;
  /** The page is not shown any more, and neither is a picture of it. */
  end(): void;
}

interface Run {
  readonly end: AbortController;
  waiting: Uint8Array[];
}

/** Pictures of the replica, one at a time. */
export function useFreezer(frame: RefObject<HTMLIFrameElement | null>): Freezer {
  const running = useRef<Run | null>(null);
  const [freezer] = useState<Freezer>(() => ({
    async freeze(viewer, facts) {
      const replica = frame.current?.contentDocument;
      if (running.current !== null) return { why: "busy" };
      if (!replica?.documentElement || facts === null || facts.mode === "too-heavy") return { why: "gone" };
      const run: Run = { end: new AbortController(), waiting: [] };
      running.current = run;
      try {
        // Loaded by the first one who wants it.
        const { freezePage } = await import("@/lib/mirror/freeze/freeze-page");
        const { w, h, url, title } = facts;
        const caption = { title, address: shortAddress(url), time: timeNow() };
        const { signal } = run.end;
        const picture = await freezePage({ replica, size: { w, h }, caption, bytes: viewer.assets, signal });
        return { picture, title };
      } catch (error) {
        return { why: whyOf(error) };
      } finally {
        running.current = null;
        for (const bytes of run.waiting) viewer.receive(bytes);
      }
    },
    pass(viewer, bytes) {
      const run = running.current;
      // The picture waits for pictures.
      if (run === null || decodeStreamFrame(bytes)?.kind === "asset") viewer.receive(bytes);
      else run.waiting.push(bytes);
    },
    end() {
      running.current?.end.abort();
      if (running.current) running.current.waiting = [];
    },
  }));
  return freezer;
}

function whyOf(error: unknown): FreezeRefusal {
  if (error instanceof FreezeProblem) return error.why;
  reportError(error);
  return "failed";
}

/** In the agent's language: it stands in the picture. */
const timeNow = (): string =>
  new Intl.DateTimeFormat(document.documentElement.lang || "en", {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date());
