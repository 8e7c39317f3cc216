/**
 * What stands in a stream frame's payload: JSON, flat on purpose (no nesting that grows with the page's depth), and in
 * short keys. State, not events: each message says how something is now, so a capture that falls behind skips what was.
 * Everything in it has passed the gate. The viewer believes none of it (`apply/`).
 */

/** Stable for an epoch, also through a second `full`; 1 is the page's document. Documents and shadow roots have one too. */
export type NodeId = number;

/**
 * One node, without its children. The second entry is the kind:
 * 1 element `[id, 1, tag, space, [name, value, name, value …]]`, space 0 html, 1 svg, 2 math;
 * 2 box, in place of what may not be shown `[id, 2, why, width, height, display, layout?]`, CSS pixels; layout: how it
 * stands among its neighbours (margin, position, float, flex, grid …), as inline CSS;
 * 3 text `[id, 3, text]`;
 * 4 style sheet of a `link` or `style` element, `[id, 4, media, disabled, rules]`, a child where that element is;
 * 9 document `[id, 9, isQuirks]`; 11 shadow root `[id, 11]`.
 */
export type NodeRow =
  | readonly [NodeId, 1, string, 0 | 1 | 2, readonly string[]]
  | readonly [NodeId, 2, string, number, number, string, string?]
  | readonly [NodeId, 3, string]
  | readonly [NodeId, 4, string, 0 | 1, readonly string[]]
  | readonly [NodeId, 9, 0 | 1]
  | readonly [NodeId, 11];

/** A change of a list: at `start`, `deleted` entries go and the rest of the row comes. `[owner, start, deleted, …entries]` */
export type Splice<Entry> = readonly [NodeId, number, number, ...Entry[]];

/** States of elements that a viewer cannot know from elsewhere, named as in CSS. */
export const pseudoStates: readonly string[] = ["user-invalid", "user-valid", "autofill"];

export type FieldRow =
  /** Text that may be shown. */
  | readonly [NodeId, "t", string]
  /** Masked: only whether something stands in it. */
  | readonly [NodeId, "f", 0 | 1]
  /** Checked, indeterminate. */
  | readonly [NodeId, "c", 0 | 1, 0 | 1]
  /** Indexes of the chosen options. */
  | readonly [NodeId, "o", ...number[]];

/**
 * One animation that is not told by style sheets: `[id, keyframes as JSON, timing as JSON, time in ms, state]`. All rows of
 * a node replace what it had; one row with empty keyframes: none. Iterations without end are null in JSON.
 */
export type AnimationRow = readonly [NodeId, string, string, number, "running" | "paused" | "finished"];

/** Body of `delta`, with the ids of `n` and `k` as `relative-ids.ts` says. Applied in this order: n, k, h, then the rest. A missing part is unchanged. */
export interface PageDelta {
  /** New nodes. */
  readonly n?: readonly NodeRow[];
  /** Children, of new and of known parents; the ids of nodes that are in no list any more after a delta are dead. */
  readonly k?: readonly Splice<NodeId>[];
  /** Shadow roots and frames' documents: `[host, root]`; root 0: gone. */
  readonly h?: readonly (readonly [NodeId, NodeId])[];
  /**
   * Attributes: value null removes. Addresses may be asset keys. A name in `pseudoStates` behind a colon is a state that
   * nothing else tells, its value "".
   */
  readonly a?: readonly (readonly [NodeId, string, string | null])[];
  /** Texts. */
  readonly x?: readonly (readonly [NodeId, string])[];
  /** Rules of a sheet, whole rules as text. Owner: a kind-4 node, or a constructed sheet. */
  readonly r?: readonly Splice<string>[];
  /** Media and disabled of a sheet. */
  readonly m?: readonly (readonly [NodeId, string, 0 | 1])[];
  /** Constructed sheets that a document or shadow root adopts, in order; one that no list names any more is dead. */
  readonly d?: readonly (readonly [NodeId, ...NodeId[]])[];
  readonly v?: readonly FieldRow[];
  /** Scroll offsets, CSS pixels; of a document: of its window. */
  readonly s?: readonly (readonly [NodeId, number, number])[];
  /** Pictures: of a canvas, a video or a box, `[id, "", asset key]`; key "": none. */
  readonly p?: readonly (readonly [NodeId, string, string])[];
  readonly w?: readonly AnimationRow[];
  /** Modal dialogs and popovers in the top layer, in order, `[id, isModal]`: the whole list. */
  readonly t?: readonly (readonly [NodeId, 0 | 1])[];
  /** Focused element (0 none), hovered, pressed; 1 when the focus is drawn (`:focus-visible`). */
  readonly f?: readonly [NodeId, NodeId, NodeId, (0 | 1)?];
  /** Selection: `[anchor node, offset, focus node, offset]`, or empty. */
  readonly e?: readonly [] | readonly [NodeId, number, NodeId, number];
  readonly page?: PageFacts;
}

export interface PageFacts {
  /** Viewport, CSS pixels. */
  readonly w: number;
  readonly h: number;
  readonly url: string;
  readonly title: string;
  /** Whether any of the page is masked by allow-list, off, or too heavy to be shown. */
  readonly mode: "default" | "allow-list" | "too-heavy";
}

/** Body of `full`: everything from nothing. It may hold only the first part of a large page; deltas bring the rest. */
export interface PageFull extends PageDelta {
  readonly page: PageFacts;
}

/** Body of `cursor`: viewport pixels of the page, the node under it, pressed buttons. The newest is all that matters. */
export type PageCursor = readonly [x: number, y: number, over: NodeId, buttons: number];

/** Body of `check`: what a viewer that missed nothing has. */
export interface PageCheck {
  readonly seq: number;
  /** Sum of the lengths of all child lists. */
  readonly nodes: number;
  /** The lists whose parent's id % 16 is this one. */
  readonly slice: number;
  /** By `hashLists`. */
  readonly hash: number;
}

/** Body of `asset`, not gzipped: one byte length of the key, the key, one byte length of the type, the type, the bytes. */
export interface PageAsset {
  readonly key: string;
  /** image/png, image/jpeg, image/webp, image/gif, image/avif, font/woff2 … */
  readonly type: string;
  readonly bytes: Uint8Array;
}
/** Bytes of one asset; a larger picture stays a box. */
export const MAX_ASSET_BYTES = 1_572_864;
