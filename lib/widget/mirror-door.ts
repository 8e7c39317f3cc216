/**
 * The loader's part in the mirror: it fetches our script when the frame says that she agreed, and connects the two by a
 * port. It neither reads what passes nor decides anything.
 */
import type { FrameWindow } from "./frame-window";
import { start } from "./guard";
import type { Settings } from "./settings";
import type { Box } from "./storage";

export interface MirrorDoor {
  start(): void;
  /** What the frame wants to be told on this tab's next page. */
  keep(resume: string | null): void;
  kept(): string | null;
}

/** sessionStorage, and so this tab's alone. */
const KEPT = "vetrina.mirror";

/** What `/vetrina-mirror.js` exports; it is built from `lib/mirror/page`. */
interface MirrorScript {
  /** Runs until the port says stop. */
  openMirrorPage(port: MessagePort, ours: readonly Element[]): void;
}

export function openMirrorDoor(
  settings: Settings,
  box: Box,
  frame: Pick<FrameWindow, "post">,
  host: Element,
): MirrorDoor {
  return {
    start() {
      start(async () => {
        try {
          // A module of ours is fetched once a page, however often she starts and stops.
          const script: MirrorScript = await import(
            /* @vite-ignore */ `${settings.origin}/vetrina-mirror.js`
          );
          const { port1, port2 } = new MessageChannel();
          script.openMirrorPage(port1, [host]);
          frame.post({ app: "vetrina", type: "mirror-port" }, port2);
        } catch {
          // The shop's policy may forbid it, or the line is gone: she is told in the frame.
          frame.post({ app: "vetrina", type: "mirror-failed" });
        }
      });
    },
    keep: (resume) => box.write(KEPT, resume),
    kept: () => box.read(KEPT),
  };
}
