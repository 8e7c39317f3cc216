/**
 * Of several files first all are looked for something to show, then each gets its larger sizes and tiles: a second photo shall
 * not wait for what only a magnifying glass sees of the first one.
 */
import { pictureThreads } from "@/lib/media/picture-pool";

/** Files read at once: each has a thread or an ffmpeg of its own for the most part of its time. */
const AT_ONCE = 3;
/** Milliseconds after which a picture is sharpened although others still come: somebody sends all day long. */
const SHARPEN_AFTER_MS = 10_000;

export interface Turn {
  /** Nobody's first pixels wait for this one from now on. */
  stepAside(): void;
  /**
   * It is on the panel; ends when its larger sizes may be made.
   * @param leave frees the thread that it was read on, which is not asked of it when nobody else waits
   * @throws the signal's reason
   */
  toSharpen(leave: () => void): Promise<void>;
}

export interface Turns {
  /** Runs it when it is its turn. @throws what it does; the signal's reason */
  add(signal: AbortSignal, work: (turn: Turn) => Promise<void>): Promise<void>;
}

/** Waits for its turn; has not been shown yet; is no picture; is shown and waits for its turn; is being sharpened. */
type Stage = "waiting" | "first" | "aside" | "shown" | "sharpening";

interface Entry {
  stage: Stage;
  /** Lets it go on to its next stage. */
  go: () => void;
  isLate: boolean;
}

export function createTurns(): Turns {
  const entries = new Set<Entry>();
  const inStage = (...stages: Stage[]) => [...entries].filter(({ stage }) => stages.includes(stage));

  function next(): void {
    let free = AT_ONCE - inStage("first", "aside").length;
    for (const entry of inStage("waiting").slice(0, Math.max(0, free))) {
      free--;
      enter(entry, "first");
    }
    const isCrowded = inStage("waiting", "first").length > 0;
    // No more than have a thread: what comes new waits behind the work of one, not behind all that wait for one.
    const room = Math.max(0, pictureThreads() - inStage("sharpening").length);
    const mayGoOn = inStage("shown").filter(({ isLate }) => isLate || !isCrowded);
    for (const entry of mayGoOn.slice(0, room)) enter(entry, "sharpening");
  }

  function enter(entry: Entry, stage: Stage): void {
    entry.stage = stage;
    entry.go();
  }

  const until = (entry: Entry, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const stop = () => reject(signal.reason);
      entry.go = () => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop, { once: true });
      next();
    });

  return {
    async add(signal, work) {
      const entry: Entry = { stage: "waiting", go: () => undefined, isLate: false };
      entries.add(entry);
      let late: ReturnType<typeof setTimeout> | undefined;
      try {
        await until(entry, signal);
        await work({
          stepAside() {
            entry.stage = "aside";
            next();
          },
          async toSharpen(leave) {
            entry.stage = "shown";
            const coming = until(entry, signal);
            if (entry.stage === "shown") {
              leave();
              late = setTimeout(() => {
                entry.isLate = true;
                next();
              }, SHARPEN_AFTER_MS);
            }
            await coming;
          },
        });
      } finally {
        clearTimeout(late);
        entries.delete(entry);
        next();
      }
    },
  };
}
