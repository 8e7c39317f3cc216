/**
 * A panel's journal as a track that can be stood anywhere on: going on applies what came next; going back, or far ahead,
 * begins at a keyframe, a whole document as it was then. Knows Yjs, and nothing of what is drawn.
 */
import * as Y from "yjs";
import type { JournalRow } from "@/lib/protocol/film-journal";

/** Updates that a seek applies one by one at most, unless they are small beside the document. */
const KEYFRAME_EVERY = 250;
/** A keyframe needs as many new bytes before it as this share of the last one: all of them stay in proportion to the journal. */
const KEYFRAME_SHARE = 0.2;
/** Origin of what the film does to a document: nobody's own, so nothing of it can be undone. */
const film = { name: "film" };

interface Keyframe {
  /** Updates that it holds: the first so many. */
  readonly count: number;
  readonly state: Uint8Array;
}

export interface PanelTrack {
  /** When each update came in, in the journal's order. Never earlier than the one before. */
  readonly times: readonly number[];
  /** Bytes that keyframes take. */
  readonly keyframeBytes: number;
  /** How many updates there are at this time. */
  countAt(at: number): number;
  /** Appends what was loaded. */
  add(rows: readonly JournalRow[]): void;
  /** A document of one's own to stand in; begins empty. */
  open(): PanelCursor;
}

interface PanelCursor {
  /** Another one after a seek that did not simply go on. */
  readonly doc: Y.Doc;
  /** Updates that it holds. */
  readonly count: number;
  /** @returns whether `doc` is another one now */
  seek(count: number): boolean;
  close(): void;
}

export function createPanelTrack(): PanelTrack {
  const updates: Uint8Array[] = [];
  const times: number[] = [];
  const keyframes: Keyframe[] = [];
  /** Goes along as pages are added, and makes keyframes on its way. */
  const scout = new Y.Doc();
  let bytesSince = 0;

  function keep(): void {
    const last = keyframes.at(-1);
    const since = updates.length - (last?.count ?? 0);
    if (since < KEYFRAME_EVERY || bytesSince < (last?.state.length ?? 0) * KEYFRAME_SHARE) return;
    keyframes.push({ count: updates.length, state: Y.encodeStateAsUpdate(scout) });
    bytesSince = 0;
  }

  function best(count: number): Keyframe | undefined {
    return keyframes.findLast((keyframe) => keyframe.count <= count);
  }

  function apply(doc: Y.Doc, from: number, to: number): void {
    // One transaction: whoever watches paints once, however far it goes.
    Y.transact(
      doc,
      () => {
        for (const update of updates.slice(from, to)) Y.applyUpdate(doc, update, film);
      },
      film,
      false,
    );
  }

  return {
    times,
    get keyframeBytes() {
      return keyframes.reduce((sum, { state }) => sum + state.length, 0);
    },
    countAt(at) {
      let low = 0;
      let high = times.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((times[middle] ?? 0) <= at) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    add(rows) {
      for (const { at, update } of rows) {
        updates.push(update);
        bytesSince += update.length;
        // Two processes may have written in turns: what stands later in the journal happened later.
        times.push(Math.max(at, times.at(-1) ?? 0));
        Y.applyUpdate(scout, update, film);
        keep();
      }
    },
    open() {
      let doc = new Y.Doc();
      let count = 0;
      return {
        get doc() {
          return doc;
        },
        get count() {
          return count;
        },
        seek(wanted) {
          const to = Math.min(updates.length, Math.max(0, wanted));
          const keyframe = best(to);
          const far = to - count > KEYFRAME_EVERY && keyframe !== undefined && keyframe.count > count;
          const replaced = to < count || far;
          if (replaced) {
            doc = new Y.Doc();
            count = keyframe?.count ?? 0;
            if (keyframe) Y.applyUpdate(doc, keyframe.state, film);
          }
          if (to > count) apply(doc, count, to);
          count = to;
          return replaced;
        },
        close: () => doc.destroy(),
      };
    },
  };
}
