/** Loads what draws over the page when somebody draws: most pages are shown without a mark, and do not pay for it. */
import type { MirrorMark, MirrorPoint } from "@/lib/protocol/mirror";
import type { BarWords } from "../wire/port-message";
import type { Bar } from "./bar";
import type { openDrawing } from "./open-drawing";
import type { PageGround } from "./page-ground";
import { fillNames } from "./words";

export interface DrawingOptions {
  readonly bar: Bar;
  readonly words: BarWords;
  /** Hosts of our launcher and frame. */
  readonly ours: readonly Element[];
  readonly page: PageGround;
  /** She drew, or erased. */
  readonly onPoint: (point: MirrorPoint) => void;
}

/** What `/vetrina-mirror-draw.js` opens; it is built from `open-drawing.ts`. */
export interface Drawing {
  show(from: string, color: string, mark: MirrorMark): void;
  /** Her own hand draws, or is the page's again. */
  draw(isOn: boolean): void;
  erase(): void;
  close(): void;
}

export interface DrawingDoor {
  show(from: { readonly id: string; readonly name: string; readonly color: string }, mark: MirrorMark): void;
  draw(isOn: boolean): void;
  erase(): void;
  /** Nothing is drawn any more, by nobody. */
  clear(): void;
  close(): void;
}

export function openDrawingDoor(options: DrawingOptions): DrawingDoor {
  const { bar, words } = options;
  let loading: Promise<Drawing | null> | null = null;
  let isClosed = false;
  /** Who has been told of as drawing here, until their marks are gone. */
  const announced = new Set<string>();

  async function load(): Promise<Drawing | null> {
    try {
      const script: { openDrawing: typeof openDrawing } = await import(
        /* @vite-ignore */ new URL("vetrina-mirror-draw.js", import.meta.url).href
      );
      if (isClosed) return null;
      return script.openDrawing(options, (any) => {
        if (!any) announced.clear();
      });
    } catch {
      // The line is gone: the next mark tries again.
      loading = null;
      return null;
    }
  }
  const whenThere = async (act: (drawing: Drawing) => void) => {
    loading ??= load();
    const drawing = await loading;
    if (drawing !== null && !isClosed) act(drawing);
    return drawing !== null;
  };
  const ifThere = (act: (drawing: Drawing) => void) => {
    if (loading !== null) void whenThere(act);
  };

  return {
    show({ id, name, color }, mark) {
      void whenThere((drawing) => {
        drawing.show(id, color, mark);
        if (announced.has(id)) return;
        announced.add(id);
        bar.hint(fillNames(words.drawsHere, [name]));
      });
    },
    draw(isOn) {
      void whenThere((drawing) => drawing.draw(isOn)).then((isThere) => {
        if (!isThere && !isClosed) bar.hint(words.drawFailed);
      });
    },
    erase: () => ifThere((drawing) => drawing.erase()),
    clear() {
      ifThere((drawing) => {
        drawing.draw(false);
        drawing.erase();
      });
    },
    close() {
      ifThere((drawing) => drawing.close());
      isClosed = true;
    },
  };
}
