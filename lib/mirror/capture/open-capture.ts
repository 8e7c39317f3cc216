/**
 * The capture: tells what of a shop's page may be seen, and how it changes, as stream frames. It looks and never touches;
 * every string passes the gate; what it cannot do in a slice of time it does in the next one. The page must not notice it:
 * nothing in here may throw into it.
 */
import type { Gate } from "../masking/gate";
import type { NodeId } from "../wire/page-message";
import { openAssets } from "./assets";
import type { Context } from "./context";
import { openDirty } from "./dirty";
import { openDraft, writeJson } from "./draft";
import { openFields } from "./fields";
import { hiddenElements } from "./hidden-elements";
import { openOutbox } from "./outbox";
import { openPace } from "./pace";
import { openPageDom, type View } from "./page-dom";
import { hear, PAGE_EVENTS } from "./page-events";
import { openPageWatch } from "./page-watch";
import { openPictures } from "./pictures";
import { openPointer } from "./pointer";
import { openPolling } from "./polling";
import { learn, scout } from "./scout";
import { openSentTree } from "./sent-tree";
import { openSheets } from "./sheets";
import { openSitePolicy } from "./site-policy";
import { openTeller } from "./teller";
import { nearestTold } from "./view-state";
import { openWorkLoop } from "./work-loop";

export interface CaptureOptions {
  readonly view: View;
  /** The shop's rules as the server has them. */
  readonly rules: unknown;
  /** Epoch to start with; the next page load is given a higher one. */
  readonly epoch: number;
  /** Gets whole stream frames, in order. Their buffers may be transferred. */
  readonly send: (frame: Uint8Array) => void;
  /** Host elements of ours: never mirrored. */
  readonly isOurs: (node: Node) => boolean;
  /** The page became private by its path (true), or is so no more. Nothing is sent meanwhile. */
  readonly onPrivate: (isPrivate: boolean) => void;
}

export interface Capture {
  /** Somebody came, or missed something. */
  sendFull(): void;
  /** Only what this capture told of. */
  sendAsset(key: string): void;
  /** The newest `seq` that was applied; null: nobody answers. */
  lag(epoch: number, seq: number | null): void;
  /** Bytes that wait on the line. */
  backlog(bytes: number): void;
  pause(): void;
  /** With a new epoch. */
  resume(): void;
  nodeOf(id: NodeId): Node | null;
  idOf(node: Node): NodeId | null;
  readonly epoch: number;
  readonly gate: Gate;
  /** What viewers see only as boxes and dots, for showing her. */
  hiddenElements(): readonly Element[];
  close(): void;
}

/** Milliseconds at least between two beginnings: some pages become stricter again and again. */
const BEGIN_MS = 1_000;
/** Slices in a row that failed, after which there is no mirror of this page. */
const MAX_FAILURES = 5;

/** @throws Error when there are no rules to read */
export function openCapture(options: CaptureOptions): Capture {
  const { view, onPrivate } = options;
  const dom = openPageDom(view);
  const site = openSitePolicy(view, dom, options.rules);
  const outbox = openOutbox(options.send);
  let isPaused = false;
  let isPrivate = false;
  let isClosed = false;
  let startedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let toldAt = 0;

  const loop = openWorkLoop(view, () => {
    try {
      const more = work();
      failures = 0;
      return more;
    } catch {
      if (++failures > MAX_FAILURES) close();
      else begin(teller.epoch + 1);
      return false;
    }
  });
  const pace = openPace(loop.now);
  const assets = openAssets(
    view,
    (key) => site.gate.addressOf(key),
    (body) => {
      if (isTelling()) outbox.post("asset", teller.epoch, teller.seq, body);
    },
  );
  const context: Context = {
    view,
    dom,
    fields: openFields(dom),
    closedRoots: new WeakMap(),
    gate: site.gate,
    policy: site.policy,
    tree: openSentTree(() => {}),
    dirty: openDirty(),
    sheets: openSheets(),
    draft: openDraft(),
    isTooHeavy: false,
    keyOf: assets.keyOf,
    meet(root) {
      if (!watch.watch(root)) return;
      for (const _ of learn(context, root));
      for (const _ of scout(context, root, watch.watch));
    },
    isOurs: options.isOurs,
    hasTime: loop.hasTime,
    now: loop.now,
  };
  const isTelling = () => !isPaused && !isPrivate && !isClosed;
  const changed = () => {
    polling.wake();
    // The first change after a rest at once, those that follow it together.
    if (isTelling()) loop.due(Math.max(0, toldAt + pace.interval - loop.now()));
  };
  const watch = openPageWatch(context, PAGE_EVENTS, onEvent, changed);
  const teller = openTeller(context, outbox, pace, watch.watch);
  const pictures = openPictures(assets, () => loop.due(pace.interval));
  const pointer = openPointer(dom, view, loop.now, (x, y, over, buttons) => {
    if (!isTelling() || pace.isHeld || !teller.isTold) return;
    outbox.post("cursor", teller.epoch, teller.seq, writeJson([x, y, nearestTold(context, over), buttons]));
  });
  const polling = openPolling(view, loop.now, {
    look(milliseconds) {
      watch.tend();
      if (!isTelling()) {
        // What she types meanwhile is not to be seen afterwards either.
        teller.markFields();
        if (isPrivate) loop.due(0);
        return false;
      }
      if (!teller.isTold) return false;
      pictures.look(context);
      const found = teller.poll(milliseconds);
      if (found) loop.due(pace.interval);
      return found;
    },
    check: () => {
      if (isTelling() && !pace.isHeld) teller.check();
    },
  });

  function onEvent(event: Event): void {
    try {
      const isWorthIt = hear(context, event, {
        onPointer(moved) {
          if (!pointer.take(moved)) return;
          teller.view.point(pointer.hovered, pointer.pressed);
          context.dirty.focus = true;
        },
        onSelection: (document) => teller.view.selectIn(document),
        onDeed: () => pictures.wake(),
      });
      if (isWorthIt) changed();
    } catch {
      // The page is not to notice us.
    }
  }

  function begin(epoch: number): void {
    teller.begin(epoch);
    loop.due(Math.max(0, startedAt + BEGIN_MS - loop.now()));
  }

  /** Rules for the path that the page has now. @returns whether the page may be told */
  function followSite(): boolean {
    if (!site.follow()) return isTelling();
    context.gate = site.gate;
    context.policy = site.policy;
    const wasPrivate = isPrivate;
    isPrivate = site.policy.mode === "off";
    if (isPrivate) teller.rest();
    else begin(teller.epoch + 1);
    if (isPrivate !== wasPrivate) onPrivate(isPrivate);
    return isTelling();
  }

  function work(): boolean {
    if (isClosed) return false;
    watch.take();
    if (!followSite() || pace.isHeld) return false;
    if (teller.isNew) {
      const wait = startedAt + BEGIN_MS - loop.now();
      if (wait > 0) {
        loop.due(wait);
        return false;
      }
      startedAt = loop.now();
    }
    const more = teller.tell();
    toldAt = loop.now();
    if (more === "void") {
      begin(teller.epoch + 1);
      return false;
    }
    return more;
  }

  function close(): void {
    isClosed = true;
    teller.rest();
    polling.close();
    pointer.close();
    loop.close();
    watch.close();
  }

  teller.begin(options.epoch);
  isPrivate = site.policy.mode === "off";
  if (isPrivate) {
    teller.rest();
    onPrivate(true);
  } else loop.due(0);
  return {
    sendFull: teller.full,
    sendAsset(key) {
      if (isTelling()) assets.send(key);
    },
    lag(epoch, seq) {
      if (epoch === teller.epoch) pace.lag(seq);
    },
    backlog(bytes) {
      const isEverythingDue = pace.backlog(bytes);
      if (pace.isHeld) return;
      changed();
      if (isEverythingDue) teller.full();
    },
    pause() {
      isPaused = true;
      teller.rest();
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      if (!isPrivate) begin(teller.epoch + 1);
    },
    nodeOf: (id) => context.tree.byId(id)?.node ?? null,
    idOf: (node) => context.tree.of(node)?.id ?? null,
    get epoch() {
      return teller.epoch;
    },
    get gate() {
      return context.gate;
    },
    hiddenElements: () => hiddenElements(context),
    close,
  };
}
