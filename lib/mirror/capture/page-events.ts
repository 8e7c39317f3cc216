/** What the page's events say may have changed. Heard before the page's own listeners, so that nothing keeps them from us. */
import type { Context } from "./context";
import { isDocument, isElement, isNode } from "./page-dom";

const POINTER = ["pointermove", "pointerdown", "pointerup", "pointerout"];
const FIELDS = ["input", "change", "reset", "invalid", "focusout"];
const LAYERS = ["toggle", "close", "cancel", "fullscreenchange"];

export const PAGE_EVENTS: readonly string[] = [
  ...POINTER,
  ...FIELDS,
  ...LAYERS,
  "focusin",
  "click",
  "keyup",
  "scroll",
  "resize",
  "load",
  "selectionchange",
  "popstate",
  "hashchange",
];

export interface Heard {
  onPointer(event: PointerEvent): void;
  onSelection(document: Document): void;
  /** She did something that may have changed anything. */
  onDeed(): void;
}

/** @returns whether anything of it is worth telling */
export function hear(context: Context, event: Event, heard: Heard): boolean {
  const { dom, dirty, tree, fields, gate } = context;
  const { type } = event;
  const target = event.composedPath()[0];
  const node = isNode(target) ? target : null;
  const sent = node ? tree.of(node) : undefined;
  if (POINTER.includes(type)) {
    if (isPointer(event)) heard.onPointer(event);
    if (type === "pointermove") return dirty.focus;
  }
  if (type === "scroll") {
    if (sent) dirty.scrolls.add(sent);
    return sent !== undefined;
  }
  if (type === "selectionchange") {
    const document = node && (isDocument(dom, node) ? node : node.ownerDocument);
    if (document) heard.onSelection(document);
    dirty.selection = true;
    return true;
  }
  if (type === "load" && sent?.told.sheet) dirty.sheets.add(sent);
  if (type === "focusin" || type === "focusout") dirty.focus = true;
  if (LAYERS.includes(type)) dirty.topLayer = true;
  if (FIELDS.includes(type) && isElement(dom, node)) {
    if (sent?.told.field) dirty.fields.add(sent);
    if (dom.field(node)) fields.add(node, gate);
  }
  if (type !== "load") heard.onDeed();
  return true;
}

const isPointer = (event: Event): event is PointerEvent => "clientX" in event;
