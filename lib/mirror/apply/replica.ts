/**
 * The page as the agent sees it. Applies deltas to it: new nodes, lists, DOM after the lists, roots and frames, then the
 * rest. Every step may be the last of a slice. Throws `Lost` when the stream asks for what cannot be.
 */

import { CHECK_SLICES, hashLists } from "../wire/list-hash";
import type { AnimationRow, NodeId, NodeRow, PageAsset, PageCheck, PageDelta } from "../wire/page-message";
import { openAnimations } from "./animations";
import { type Assets, openAssets } from "./assets";
import { type Attributes, openAttributes } from "./attributes";
import { openNodeBuilder } from "./build-node";
import { reconcile, requireDepth, spliceLists } from "./child-lists";
import { applyField } from "./fields";
import { openDocument } from "./frame-document";
import { type Known, type KnownNodes, Lost, openKnownNodes } from "./known-nodes";
import { MAX_NODES } from "./limits";
import { isElement, isFrame, isHtmlElement, isText } from "./node-kinds";
import { openPictures } from "./pictures";
import { openScrollKeeper } from "./scroll-keeper";
import { openSheets } from "./sheets";
import { openStates } from "./states";
import { openTopLayer } from "./top-layer";

/** The page's document. */
const ROOT: NodeId = 1;

export interface Replica {
  readonly nodes: KnownNodes;
  readonly assets: Pick<Assets, "blobOf" | "letGo">;
  document(): Document | null;
  /** @param keeps whether nodes that are known already are used again: the same document, told anew */
  full(delta: PageDelta, keeps: boolean): Generator<void>;
  delta(delta: PageDelta): Generator<void>;
  asset(asset: PageAsset): void;
  agrees(check: PageCheck): boolean;
  wipe(): void;
}

export function openReplica(
  frame: HTMLIFrameElement,
  want: (key: string) => void,
  wordFor: (why: string) => string,
): Replica {
  const nodes = openKnownNodes();
  const assets: Assets = openAssets(want, refreshUser);
  const attributes: Attributes = openAttributes(assets);
  const pictures = openPictures(assets, attributes);
  const sheets = openSheets(assets);
  const builder = openNodeBuilder(attributes, wordFor);
  const animations = openAnimations();
  const states = openStates(() => document);
  const scrolls = openScrollKeeper((id) => nodes.get(id)?.node);
  const topLayer = openTopLayer();
  let document: Document | null = null;
  let selected: Selection | null = null;
  let before: ReadonlyMap<NodeId, Known> = new Map();

  function refreshUser(user: number): void {
    if (user > 0 && sheets.refresh(user)) return;
    const node = nodes.get(Math.abs(user))?.node;
    if (!node || !isElement(node)) return;
    if (user < 0) pictures.refresh(-user, node);
    else attributes.refresh(user, node);
  }

  function create(row: NodeRow): void {
    const [id, kind] = row;
    if (nodes.size >= MAX_NODES || nodes.get(id)) throw new Lost();
    const known: Known = {
      id,
      kind,
      node: null,
      parent: 0,
      children: [],
      root: 0,
      host: 0,
      isQuirks: kind === 9 && row[2] === 1,
    };
    if (id === ROOT) openRoot(known);
    else if (document) known.node = builder.build(row, document, before.get(id));
    else throw new Lost();
    nodes.add(known);
    if (row[1] === 4) sheets.add(id, known.node, row[2], row[3] === 1, row[4]);
  }

  function openRoot(known: Known): void {
    // The old page stays to be seen until the new one is complete.
    const wasQuirks = document?.compatMode === "BackCompat";
    if (document !== frame.contentDocument || wasQuirks !== known.isQuirks) {
      document = openDocument(frame, known.isQuirks);
      // Pictures that came make the page as long as it has to be.
      document?.addEventListener("load", () => scrolls.settle(), true);
    }
    known.node = document;
    sheets.touch();
  }

  /** Those that came into no list are dead, with all that is in them. */
  function free(ids: Iterable<NodeId>): void {
    const dead = [...ids].filter((id) => id !== ROOT && nodes.get(id)?.parent === 0 && !nodes.get(id)?.host);
    for (let id = dead.pop(); id !== undefined; id = dead.pop()) {
      const known = nodes.get(id);
      if (!known) continue;
      nodes.delete(id);
      forget(known);
      // A document that is gone has copies of sheets.
      if (known.host) sheets.touch();
      for (const child of known.children) if (nodes.get(child)?.parent === id) dead.push(child);
      if (known.root) dead.push(known.root);
    }
  }
  function forget({ id, node }: Known): void {
    if (node && isElement(node)) animations.play(node, []);
    attributes.forget(id);
    pictures.forget(id);
    scrolls.forget(id);
    sheets.delete(id);
  }

  /** A shadow root is there at once; a frame's document only when the frame is in the page. */
  function hold(host: Known, root: Known): void {
    root.host = host.id;
    host.root = root.id;
    const { node } = host;
    if (root.kind !== 11 || !node || !isElement(node)) return;
    nodes.place(root, node.shadowRoot ?? node.attachShadow({ mode: "open" }));
    sheets.touch();
  }
  function openFrame(root: Known): boolean {
    const host = nodes.get(root.host)?.node ?? null;
    const now = isFrame(host) && host.contentDocument;
    if (!now || now === root.node) return false;
    const was = before.get(root.id);
    const stays = was?.node === now && was.isQuirks === root.isQuirks;
    const opened = stays ? now : openDocument(host, root.isQuirks);
    if (!opened) return false;
    nodes.place(root, opened);
    sheets.touch();
    return true;
  }
  function* openFrames(): Generator<void> {
    const roots = nodes.roots().filter(({ kind, host }) => kind === 9 && host !== 0);
    // A frame inside a frame waits for the outer one.
    for (let opened = roots.length > 0; opened; ) {
      opened = false;
      for (const root of roots) {
        if (!openFrame(root)) continue;
        opened = true;
        reconcile(nodes, root);
        yield;
      }
    }
  }

  function* structure(delta: PageDelta): Generator<void> {
    for (const row of delta.n ?? []) {
      create(row);
      yield;
    }
    const left = spliceLists(nodes, delta.k ?? []);
    const dirty = new Set((delta.k ?? []).map(([owner]) => owner));
    yield;
    for (const [hostId, rootId] of delta.h ?? []) {
      const host = nodes.need(hostId);
      const old = nodes.get(host.root);
      if (old && old.id !== rootId) {
        old.host = 0;
        left.add(old.id);
        host.root = 0;
        if (isFrame(host.node) && host.node.contentDocument) openDocument(host.node, false);
      }
      if (rootId !== 0) hold(host, nodes.need(rootId));
    }
    // The innermost first: what is new comes into the page when it is complete.
    for (const id of [...dirty].reverse()) {
      const parent = nodes.need(id);
      requireDepth(nodes, parent);
      reconcile(nodes, parent);
      yield;
    }
    free(left);
    free((delta.n ?? []).map(([id]) => id));
    yield* openFrames();
  }

  const elementOf = (id: NodeId): Element | null => {
    const { node } = nodes.need(id);
    return node && isElement(node) ? node : null;
  };

  function* rest(delta: PageDelta): Generator<void> {
    for (const [id, name, value] of delta.a ?? []) {
      const element = elementOf(id);
      if (element) attributes.set(id, element, name, value);
      yield;
    }
    for (const [id, text] of delta.x ?? []) {
      const { node } = nodes.need(id);
      if (node && isText(node) && node.data !== text) node.data = text;
      yield;
    }
    for (const splice of delta.r ?? []) {
      sheets.splice(splice);
      yield;
    }
    for (const [id, media, disabled] of delta.m ?? []) sheets.set(id, media, disabled === 1);
    for (const [scope, ...ids] of delta.d ?? []) sheets.adopt(nodes.need(scope).id, ids);
    yield* sheets.settle(nodes.roots());
    for (const row of delta.v ?? []) {
      const element = elementOf(row[0]);
      if (element) applyField(element, row);
      yield;
    }
    for (const [id, , key] of delta.p ?? []) {
      const element = elementOf(id);
      if (element) pictures.show(id, element, key);
    }
    const rows = new Map<NodeId, AnimationRow[]>();
    for (const row of delta.w ?? []) rows.set(row[0], [...(rows.get(row[0]) ?? []), row]);
    for (const [id, all] of rows) {
      const element = elementOf(id);
      if (element) animations.play(element, all);
      yield;
    }
    // Dialogs and selections would take the agent's keyboard.
    const { activeElement } = frame.ownerDocument;
    if (delta.t)
      topLayer.show(
        delta.t.flatMap(([id, modal]) => {
          const element = elementOf(id);
          return isHtmlElement(element) ? [[element, modal === 1]] : [];
        }),
      );
    else if (delta.k) topLayer.settle();
    if (delta.f) {
      const [focused, hovered, pressed, isDrawn] = delta.f;
      const of = (id: NodeId) => (id ? elementOf(id) : null);
      states.show(of(focused), of(hovered), of(pressed), isDrawn === 1);
    }
    for (const [id, x, y] of delta.s ?? []) {
      nodes.need(id);
      scrolls.set(id, x, y);
    }
    scrolls.settle();
    if (delta.e) select(delta.e);
    if (isHtmlElement(activeElement) && frame.ownerDocument.activeElement !== activeElement)
      activeElement.focus({ preventScroll: true });
    assets.sweep();
  }

  function select(selection: NonNullable<PageDelta["e"]>): void {
    const [anchorId, anchorOffset, focusId, focusOffset] = selection;
    selected?.removeAllRanges();
    selected = null;
    const anchor = nodes.get(anchorId ?? 0)?.node;
    const focus = nodes.get(focusId ?? 0)?.node;
    if (!anchor || !focus) return;
    selected = anchor.ownerDocument?.getSelection() ?? null;
    try {
      selected?.setBaseAndExtent(anchor, anchorOffset ?? 0, focus, focusOffset ?? 0);
    } catch {
      // An offset that is there no more.
    }
  }

  function clear(): void {
    for (const known of before.values()) if (!nodes.get(known.id)) forget(known);
    before = new Map();
    assets.sweep();
  }

  return {
    nodes,
    assets,
    document: () => document,
    *full(delta, keeps) {
      before = nodes.reset();
      sheets.clear();
      scrolls.clear();
      scrolls.set(ROOT, 0, 0);
      if (!keeps) {
        for (const known of before.values()) forget(known);
        before = new Map();
        // Another page's keys stand for other things.
        assets.clear();
      }
      yield* structure(delta);
      yield* rest({ t: [], e: [], f: [0, 0, 0], ...delta });
      clear();
    },
    *delta(delta) {
      yield* structure(delta);
      yield* rest(delta);
    },
    asset(asset) {
      assets.store(asset);
      scrolls.settle();
    },
    agrees({ nodes: total, slice, hash }) {
      const lists: [NodeId, readonly NodeId[]][] = [];
      let count = 0;
      for (const { id, children } of nodes.all()) {
        count += children.length;
        if (id % CHECK_SLICES === slice) lists.push([id, children]);
      }
      return count === total && hashLists(lists) === hash;
    },
    wipe() {
      states.show(null, null, null, false);
      topLayer.show([]);
      selected = null;
      for (const known of nodes.reset().values()) forget(known);
      sheets.clear();
      scrolls.clear();
      assets.clear();
      document = null;
      openDocument(frame, false);
    },
  };
}
