/** Watches every document and shadow root of the page, and marks what may differ from what was told. */
import type { Context } from "./context";
import { asArray, isDocument, isElement, type Root } from "./page-dom";
import { listenTo, openRealm, type Realm } from "./realm";
import { renew } from "./rules-watch";
import { scout } from "./scout";
import type { SentNode } from "./sent-tree";

export interface PageWatch {
  /** @returns whether it was not watched before */
  watch(root: Root): boolean;
  /** What the browser has not told yet. */
  take(): void;
  /** Looks for documents that are no more, or that were opened anew and lost what listened to them. */
  tend(): void;
  close(): void;
}

const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeOldValue: true,
};

/**
 * @param names of events
 * @param onChange something is dirty
 */
export function openPageWatch(
  context: Context,
  names: readonly string[],
  onEvent: (event: Event) => void,
  onChange: () => void,
): PageWatch {
  const { dom, view } = context;
  const seen = new WeakSet<Node>();
  const realms = new Map<Document, { readonly realm: Realm; html: Element | null }>();
  const undo = new Set<WeakRef<{ deafen(): void }>>();
  const deafeners = new WeakMap<Root, { deafen(): void }>();
  const quiet = (run: () => void) => {
    try {
      run();
    } catch {
      // The page is not to notice us.
    }
  };
  const observer = new view.MutationObserver((records) => quiet(() => mark(records)));

  const watch = (root: Root) => {
    if (seen.has(root)) return false;
    seen.add(root);
    observer.observe(root, OBSERVED);
    if (!isDocument(dom, root)) {
      const ears = { deafen: listenTo(root, names, onEvent) };
      deafeners.set(root, ears);
      undo.add(new WeakRef(ears));
      return true;
    }
    const own = dom.viewOf(root);
    if (own)
      realms.set(root, { realm: openRealm(own, { names, on: onEvent, onShadow }), html: dom.html(root) });
    return true;
  };

  const onShadow = (host: Element, root: ShadowRoot) => {
    if (context.isOurs(host)) return;
    context.closedRoots.set(host, root);
    watch(root);
    const sent = context.tree.of(host);
    if (sent) context.dirty.lists.add(sent);
    onChange();
  };

  const mark = (records: readonly MutationRecord[]) => {
    const { tree, dirty } = context;
    let isOpened = false;
    for (const record of records) {
      const { target, type } = record;
      const sent = tree.of(target);
      if (type === "childList") {
        for (const added of asArray(record.addedNodes)) {
          if (!isElement(dom, added) || !dom.isConnected(added)) continue;
          for (const _ of scout(context, added, watch));
        }
        if (isDocument(dom, target)) isOpened = true;
        dirty.rules = true;
        dirty.topLayer = true;
        if (!sent) continue;
        (sent.told.sheet ? dirty.sheets : dirty.lists).add(sent);
        dirty.continuing.delete(sent);
      } else if (type === "characterData") {
        const above = dom.parentNode(target);
        const owner = above && tree.of(above);
        if (sent) dirty.texts.add(sent);
        else if (owner?.told.sheet) dirty.sheets.add(owner);
      } else if (isElement(dom, target)) {
        const name = record.attributeName ?? "";
        if (name === "type" && /^password$/i.test(record.oldValue ?? "")) context.gate.noticePassword(target);
        dirty.rules = true;
        if (name === "open" || name === "popover") dirty.topLayer = true;
        if (sent) markAttribute(sent, target, name);
      }
    }
    if (isOpened) tend();
    if (records.length > 0) onChange();
  };

  const markAttribute = (sent: SentNode, target: Element, name: string) => {
    const { dirty } = context;
    const names = dirty.attributes.get(sent) ?? new Set<string>();
    names.add(name);
    dirty.attributes.set(sent, names);
    if (sent.told.field) dirty.fields.add(sent);
    if (sent.told.sheet) dirty.sheets.add(sent);
    if (name === "rel" && dom.tag(target) === "link") renew(context, sent);
  };

  const tend = () => {
    // A page that opens shadow roots without end would leave one of these for each.
    for (const ears of undo) if (!ears.deref()) undo.delete(ears);
    for (const [document, entry] of realms) {
      const html = dom.html(document);
      if (!dom.viewOf(document)) {
        entry.realm.close();
        realms.delete(document);
      } else if (html !== entry.html) {
        entry.html = html;
        entry.realm.listen();
        observer.observe(document, OBSERVED);
        const sent = context.tree.of(document);
        if (sent) context.dirty.lists.add(sent);
        for (const _ of scout(context, document, watch));
      }
    }
  };

  return {
    watch,
    take: () => quiet(() => mark(observer.takeRecords())),
    tend,
    close() {
      observer.disconnect();
      for (const { realm } of realms.values()) realm.close();
      for (const ears of undo) ears.deref()?.deafen();
    },
  };
}
