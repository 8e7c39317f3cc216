/**
 * Tells one epoch after the other: first what goes ahead of everything, then the page, then what differs. Each call does a
 * slice of it and makes at most one message.
 */
import { CHECK_SLICES, hashLists } from "../wire/list-hash";
import type { PageCheck, PageFacts } from "../wire/page-message";
import { readAnimations } from "./animations";
import type { Context } from "./context";
import { isResized } from "./describe-box";
import { addNode } from "./describe-node";
import { forget, openDirty } from "./dirty";
import { openDraft, writeDraft, writeJson } from "./draft";
import type { Outbox } from "./outbox";
import type { Pace } from "./pace";
import { isElement, type Root } from "./page-dom";
import { readPageFacts, samePage } from "./page-facts";
import { checkRules, renew } from "./rules-watch";
import { learn, scout } from "./scout";
import { openSentTree } from "./sent-tree";
import { openSheets } from "./sheets";
import { tellChanges } from "./tell-changes";
import { buryLoose, tellLists, tellRemovals } from "./tell-lists";
import { openViewState, type ViewState } from "./view-state";
import { fullDraft } from "./write-full";

export interface Teller {
  readonly epoch: number;
  readonly seq: number;
  readonly view: ViewState;
  /** Whether the page has been told, at least its beginning. */
  readonly isTold: boolean;
  /** Nothing has been done of this epoch. */
  readonly isNew: boolean;
  /** From nothing. Whatever waits to leave never does. */
  begin(epoch: number): void;
  /** Nothing is known any more, and nothing is kept. */
  rest(): void;
  /** @returns whether there is more to do at once; "void" when what was told may be told no more */
  tell(): boolean | "void";
  /** Everything that was told, again. */
  full(): void;
  /** Lets viewers find out that they missed something. */
  check(): void;
  /** Marks fields that changed without an event. @returns whether any did */
  markFields(): boolean;
  /** Marks what else changed without an event. @returns whether anything did */
  poll(milliseconds: number): boolean;
}

/** Milliseconds of work that one message holds at most: the more of a page is in one, the better it compresses. */
const MESSAGE_MS = 50;
/** Boxes measured in one look. */
const BOXES = 40;

export function openTeller(
  context: Context,
  outbox: Outbox,
  pace: Pace,
  watch: (root: Root) => boolean,
): Teller {
  const { dom } = context;
  const { document } = context.view;
  let epoch = 0;
  let seq = 0;
  let page: PageFacts | null = null;
  let view = openViewState();
  let preparing: Generator<void> | null = null;
  let slice = 0;
  let checkedSeq = -1;
  let box = 0;
  let isNew = true;
  /** Nothing of this epoch has left. */
  let isFirst = true;
  let draftedAt = 0;

  function* prepare(): Generator<void> {
    watch(document);
    yield* learn(context, document);
    yield* scout(context, document, watch);
  }

  const rest = () => {
    outbox.discard();
    page = null;
    preparing = null;
    view = openViewState();
    context.tree = openSentTree((sent) => forget(context.dirty, sent));
    context.dirty = openDirty();
    context.sheets = openSheets();
    context.draft = openDraft();
    context.isTooHeavy = false;
  };

  const post = () => {
    const body = writeDraft(context.draft);
    context.draft = openDraft();
    draftedAt = context.now();
    if (!body) return;
    if (!isFirst) seq++;
    outbox.post(isFirst ? "full" : "delta", epoch, seq, body);
    isFirst = false;
    pace.sent(seq);
  };

  const markFields = () => {
    const changed = context.fields.check(context.gate);
    for (const element of changed) {
      const sent = context.tree.of(element);
      if (sent) context.dirty.fields.add(sent);
    }
    return changed.length > 0;
  };

  /** Documents that came or went, and frames that are not what they were. */
  const markFrames = (): boolean => {
    let found = false;
    for (const frame of context.tree.frames) {
      if (!isElement(dom, frame.node)) continue;
      const inner = dom.frame(frame.node);
      if (inner === (frame.root?.node ?? null)) continue;
      found = true;
      if (!inner) {
        renew(context, frame);
        continue;
      }
      context.dirty.lists.add(frame);
    }
    return found;
  };

  const tellAll = (): boolean => {
    const { dirty, sheets } = context;
    tellRemovals(context);
    const isListed = [sheets.tell(context), tellLists(context)].every((done) => done);
    // Before their changes are told: viewers have lost them by then.
    buryLoose(context);
    const isDone = tellChanges(context) && isListed;
    if (isDone) view.tell(context);
    const facts = readPageFacts(context);
    if (!samePage(page, facts)) context.draft.page = facts;
    page = facts;
    return isDone && dirty.sheets.size === 0;
  };

  return {
    get epoch() {
      return epoch;
    },
    get seq() {
      return seq;
    },
    get view() {
      return view;
    },
    get isNew() {
      return isNew;
    },
    get isTold() {
      return page !== null;
    },
    begin(next) {
      rest();
      epoch = next;
      seq = 0;
      checkedSeq = -1;
      isNew = true;
      isFirst = true;
      preparing = prepare();
    },
    rest,
    tell() {
      isNew = false;
      if (preparing) {
        while (context.hasTime()) {
          if (!preparing.next().done) continue;
          preparing = null;
          break;
        }
        return true;
      }
      markFields();
      markFrames();
      if (checkRules(context)) return "void";
      // What is new in a message may not go in the same one.
      if (context.dirty.lists.size > 0) post();
      if (page === null) {
        draftedAt = context.now();
        const root = addNode(context, document, null, 0, (id) => [id, 9, dom.isQuirky(document) ? 1 : 0]);
        context.draft.n.push(root.row);
        context.dirty.opening.push(root);
        context.dirty.scrolls.add(root);
      }
      const isDone = tellAll();
      if (isDone || context.now() - draftedAt > MESSAGE_MS) post();
      return !isDone;
    },
    full() {
      post();
      const body = page && writeDraft(fullDraft(context, page, view.told));
      if (body) outbox.post("full", epoch, seq, body);
    },
    check() {
      post();
      if (!page || seq === checkedSeq) return;
      checkedSeq = seq;
      slice = (slice + 1) % CHECK_SLICES;
      const lists: [number, number[]][] = [];
      let nodes = 0;
      for (const { id, children } of context.tree.all()) {
        nodes += children.length;
        if (id % CHECK_SLICES === slice) lists.push([id, children.map((child) => child.id)]);
      }
      const check: PageCheck = { seq, nodes, slice, hash: hashLists(lists) };
      outbox.post("check", epoch, seq, writeJson(check));
    },
    markFields,
    poll(milliseconds) {
      const { tree, dirty } = context;
      let found = [markFields(), markFrames(), context.sheets.poll(context, milliseconds)].some((one) => one);
      const boxes = [...tree.boxes];
      for (let looked = 0; looked < boxes.length && looked < BOXES; looked++) {
        const sent = boxes[box++ % boxes.length];
        if (!sent || !isElement(dom, sent.node)) continue;
        const isShown =
          sent.row[2] !== "" &&
          sent.row[2] !== "too heavy" &&
          context.gate.element(sent.node, sent.scope).as !== "boxed";
        if (!isShown && !isResized(context, sent)) continue;
        renew(context, sent);
        found = true;
      }
      for (const [sent, rows] of readAnimations(context)) {
        sent.told.animations = rows;
        tree.animated[rows.length > 0 ? "add" : "delete"](sent);
        dirty.animations.add(sent);
        found = true;
      }
      return found || !samePage(page, readPageFacts(context));
    },
  };
}
