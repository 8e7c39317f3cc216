/**
 * One picture or video on the stage, with everything that belongs to looking at it and drawing on it. The panel has two:
 * the first always, the second holds an item only while two are compared.
 */
import type { Mark } from "@/lib/panel/mark";
import { isSeenAt } from "@/lib/panel/moments";
import type { ItemId } from "@/lib/protocol/ids";
import { createDrawing, type Drawing } from "./drawing";
import type { PaneState } from "./pane-state";
import type { PanelContext } from "./panel-context";
import { createSelecting, type Selecting } from "./selecting";
import { createPlaying, type Playing } from "./video/playing";
import { runVideo, type VideoRun } from "./video/run-video";

export interface Pane extends PaneState {
  readonly drawing: Drawing;
  readonly selecting: Selecting;
  readonly playing: Playing;
  readonly videoRun: VideoRun;
  /** Marks of the item looked at that are seen now: on a video, those of this moment. */
  marks(): readonly Mark[];
  /** Those of all its moments. */
  allMarks(): readonly Mark[];
  close(): void;
}

/** The clock of what is played back instead of lived. */
export interface PlayedClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How fast it runs: 0 while it stands. */
  readonly pace: () => number;
}

/** What the panes of a panel share for videos. */
export interface VideoParts {
  /** The server's clock; null while it is not known. */
  readonly now: () => number | null;
  /** How fast that clock runs. */
  readonly pace: () => number;
  /** Whether any pane shows this item. */
  readonly isShown: (id: ItemId) => boolean;
}

const none: readonly Mark[] = [];

export function createPane(context: PanelContext, state: PaneState, video: VideoParts): Pane {
  const allMarks = () => {
    const item = state.item.get();
    return item ? context.binding.get().marks.of(item.id) : none;
  };
  const marks = seenMarks(state, allMarks);
  const playing = createPlaying({ context, pane: state, ...video });
  const videoRun = runVideo(state, playing);
  const drawing = createDrawing(context, state, marks, playing.momentToDraw);
  const selecting = createSelecting(context, state, marks, playing.momentToDraw);
  let seen = marks();
  const stop = state.position.subscribe(() => {
    const { selected } = state.live.get();
    if (selected && !isSeenAt(selected, state.position.get())) selecting.select(null);
    const now = marks();
    if (now !== seen) context.version.set(context.version.get() + 1);
    seen = now;
  });
  return {
    ...state,
    drawing,
    selecting,
    playing,
    videoRun,
    marks,
    allMarks,
    close() {
      stop();
      videoRun.close();
      playing.close();
      state.camera.close();
    },
  };
}

/** The same list until other marks are seen: a video moves sixty times a second, its marks seldom change. */
function seenMarks(state: PaneState, all: () => readonly Mark[]): () => readonly Mark[] {
  let from = none;
  let at = Number.NaN;
  let seen = none;
  return () => {
    const marks = all();
    const position = state.position.get();
    if (state.item.get()?.duration == null) return marks;
    if (marks === from && position === at) return seen;
    const next = marks.filter((mark) => isSeenAt(mark, position));
    const same =
      marks === from && next.length === seen.length && next.every((mark, index) => mark === seen[index]);
    from = marks;
    at = position;
    if (!same) seen = next;
    return seen;
  };
}
