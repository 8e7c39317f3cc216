/**
 * The capture: tells what of a shop's page may be seen, and how it changes, as stream frames. It looks and never touches;
 * every string passes the gate; what it cannot do in a slice of time it does in the next one. The page must not notice it:
 * nothing in here may throw into it.
 */
import type { Gate } from "../masking/gate";
import { openGate, openGateMemory } from "../masking/gate";
import { policyFor } from "../masking/policy";
import { readSiteRules } from "../masking/site-rules";
import type { NodeId, PageFacts } from "../wire/page-message";
import type { Context } from "./context";
import { addNode } from "./describe-node";
import { forget, openDirty } from "./dirty";
import { openDraft, writeDraft } from "./draft";
import { openFields } from "./fields";
import { openOutbox } from "./outbox";
import { openPace } from "./pace";
import { openPageDom, type View } from "./page-dom";
import { readPageFacts, samePage } from "./page-facts";
import { openPageWatch } from "./page-watch";
import { checkRules } from "./rules-watch";
import { learn, scout } from "./scout";
import { openSentTree } from "./sent-tree";
import { openSheets } from "./sheets";
import { tellChanges } from "./tell-changes";
import { buryLoose, tellLists, tellRemovals } from "./tell-lists";
import { openWorkLoop } from "./work-loop";
import { fullDraft } from "./write-full";

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
  /** What stands as a box or masked in front of the viewers, for showing her. */
  hiddenElements(): readonly Element[];
  close(): void;
}

const EVENTS = ["input", "change", "click", "reset", "scroll", "resize", "load", "toggle", "keyup"];
/** Milliseconds until a page is told anew that became stricter again and again. */
const RESTART_MS = 1_000;

/** @throws Error when there are no rules to read */
export function openCapture(options: CaptureOptions): Capture {
  const { view, isOurs } = options;
  const { document } = view;
  if (typeof options.rules !== "object" || options.rules === null)
    throw new Error("The mirror's rules cannot be read.");
  const fragment = document.createDocumentFragment();
  const canParse = (selector: string): boolean => {
    try {
      fragment.querySelector(selector);
      return true;
    } catch {
      return false;
    }
  };
  const read = readSiteRules(options.rules, canParse);
  const dom = openPageDom(view);
  const memory = openGateMemory();
  const policyNow = () => policyFor(read, view.location.pathname, canParse);
  let policy = policyNow();
  const gateNow = () => openGate(policy, dom, dom.baseURI(document), memory);
  const outbox = openOutbox(options.send);

  let epoch = options.epoch;
  let seq = 0;
  let page: PageFacts | null = null;
  let isPaused = false;
  let isPrivate = false;
  let isClosed = false;
  /** What goes ahead of an epoch's first message. */
  let preparing: Generator<void> | null = null;
  let notBefore = 0;

  const loop = openWorkLoop(view, () => {
    try {
      return work();
    } catch {
      restart();
      return false;
    }
  });
  const newTree = () => openSentTree((sent) => forget(context.dirty, sent));
  const pace = openPace(loop.now);
  const context: Context = {
    view,
    dom,
    fields: openFields(dom),
    closedRoots: new WeakMap(),
    gate: gateNow(),
    policy,
    tree: openSentTree((sent) => forget(context.dirty, sent)),
    dirty: openDirty(),
    sheets: openSheets(),
    draft: openDraft(),
    isTooHeavy: false,
    isOurs,
    hasTime: loop.hasTime,
    now: loop.now,
  };
  const change = () => loop.due(pace.interval);
  const watch = openPageWatch(context, EVENTS, onEvent, change);

  function onEvent(event: Event): void {
    try {
      const target = event.composedPath()[0];
      const { dirty, tree } = context;
      if (event.type === "scroll") {
        const sent = target instanceof Object && "nodeType" in target ? tree.of(target as Node) : undefined;
        if (sent) dirty.scrolls.add(sent);
      }
      change();
    } catch {
      // The page is not to notice us.
    }
  }

  function restart(): void {
    epoch++;
    begin();
  }

  function begin(): void {
    outbox.discard();
    seq = 0;
    page = null;
    context.tree = newTree();
    context.dirty = openDirty();
    context.sheets = openSheets();
    context.isTooHeavy = false;
    preparing = prepare();
    loop.due(Math.max(0, notBefore - loop.now()));
    notBefore = loop.now() + RESTART_MS;
  }

  function* prepare(): Generator<void> {
    watch.watch(document);
    yield* learn(context, document);
    yield* scout(context, document, watch.watch);
  }

  /** @returns whether everything that was told before is void */
  function followPath(): boolean {
    const now = policyNow();
    if (JSON.stringify(policyFacts(now)) === JSON.stringify(policyFacts(policy))) return false;
    policy = now;
    context.policy = now;
    context.gate = gateNow();
    const wasPrivate = isPrivate;
    isPrivate = now.mode === "off";
    if (wasPrivate !== isPrivate) options.onPrivate(isPrivate);
    return true;
  }

  function work(): boolean {
    if (isClosed) return false;
    watch.take();
    if (followPath()) restart();
    if (isPaused || isPrivate || loop.now() < notBefore - RESTART_MS) return false;
    if (preparing) {
      while (loop.hasTime()) {
        if (preparing.next().done) {
          preparing = null;
          break;
        }
      }
      return true;
    }
    const { dirty } = context;
    for (const element of context.fields.check(context.gate)) {
      const sent = context.tree.of(element);
      if (sent) dirty.fields.add(sent);
    }
    if (pace.isHeld) return false;
    if (checkRules(context)) {
      restart();
      return true;
    }
    const isFirst = page === null;
    context.draft = openDraft();
    if (isFirst) {
      const root = addNode(context, document, null, 0, (id) => [id, 9, dom.isQuirky(document) ? 1 : 0]);
      context.draft.n.push(root.row);
      dirty.opening.push(root);
    }
    for (const frame of context.tree.frames) {
      if (frame.root?.node !== (dom.frame(frame.node as Element) ?? undefined)) dirty.lists.add(frame);
    }
    tellRemovals(context);
    const isDone = [context.sheets.tell(context), tellLists(context), tellChanges(context)].every(Boolean);
    buryLoose(context);
    const facts = readPageFacts(context);
    if (!samePage(page, facts)) context.draft.page = facts;
    page = facts;
    const body = writeDraft(context.draft);
    if (body) {
      if (!isFirst) seq++;
      outbox.post(isFirst ? "full" : "delta", epoch, seq, body);
      pace.sent(seq);
    }
    return !isDone || dirty.sheets.size > 0;
  }

  begin();
  epoch = options.epoch;
  followPath();
  return {
    sendFull() {
      if (!page) return;
      const body = writeDraft(fullDraft(context, page, {}));
      if (body) outbox.post("full", epoch, seq, body);
    },
    lag(of, applied) {
      if (of === epoch) pace.lag(applied);
    },
    backlog(bytes) {
      if (pace.backlog(bytes)) this.sendFull();
      if (!pace.isHeld) change();
    },
    pause() {
      isPaused = true;
      outbox.discard();
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      restart();
    },
    nodeOf: (id) => context.tree.byId(id)?.node ?? null,
    idOf: (node) => context.tree.of(node)?.id ?? null,
    get epoch() {
      return epoch;
    },
    get gate() {
      return context.gate;
    },
    hiddenElements: () => [],
    close() {
      isClosed = true;
      outbox.discard();
      loop.close();
      watch.close();
    },
  };
}

const policyFacts = ({
  mode,
  isPrivate,
  masksAll,
  mask,
  hide,
  show,
  noControl,
}: ReturnType<typeof policyFor>) => [mode, isPrivate, masksAll, mask, hide, show, noControl];
