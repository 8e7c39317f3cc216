/** An element of the replica as a picture needs it: what it is by nature (fields, tables, drawings), and what stands in it. */
import { isFrame, isInput, isTextarea, isVideo } from "../apply/node-kinds";
import type { InnerBytes } from "./inner-bytes";

export const HTML = "http://www.w3.org/1999/xhtml";
export const SVG = "http://www.w3.org/2000/svg";

/** Elements that browsers lay out or draw by what they are; how all others look stands in their rule. */
const KEPT: ReadonlySet<string> = new Set(
  (
    "img input textarea select option optgroup button progress meter fieldset legend table caption colgroup col thead tbody " +
    "tfoot tr td th ol ul li br wbr ruby rt rp"
  ).split(" "),
);
const ATTRIBUTES = (
  "type placeholder alt rows cols size colspan rowspan span start reversed value max min low high optimum multiple disabled " +
  "readonly label"
).split(" ");
/** Names that XML takes; handlers, and what another rule says, are none of a drawing's. */
const DRAWN = /^(?!on|class$|style$|data-)[a-z][\w-]*$/i;

export interface Copy {
  readonly element: Element;
  /** Where its children go; null: they are told by the element itself. */
  readonly inside: Element | null;
}

/** @param look class of its look */
export function copyElement(to: Document, element: Element, look: string, bytes: InnerBytes): Copy {
  if (element.namespaceURI !== HTML) return copyDrawn(to, element, look, bytes);
  const { localName } = element;
  const tag = isVideo(element) ? "img" : KEPT.has(localName) ? localName : "div";
  const copy = to.createElementNS(HTML, tag);
  copy.setAttribute("class", look);
  if (isVideo(element)) put(copy, "src", bytes.standIn(element.poster));
  // What a canvas shows is its `content`: its look says that.
  if (localName === "canvas" || isVideo(element)) return { element: copy, inside: null };
  if (isFrame(element)) return { element: copy, inside: frameIn(copy, element) };
  if (KEPT.has(localName))
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value !== null) copy.setAttribute(name, value);
    }
  if (isImage(element)) put(copy, "src", bytes.standIn(element.currentSrc || element.src));
  if (isInput(element)) {
    copy.toggleAttribute("checked", element.checked);
    if (element.type !== "file") copy.setAttribute("value", element.value);
    if (element.type === "image") put(copy, "src", bytes.standIn(element.src));
  }
  if (isTextarea(element)) {
    copy.textContent = element.value;
    return { element: copy, inside: null };
  }
  if (isOption(element)) copy.toggleAttribute("selected", element.selected);
  return { element: copy, inside: copy };
}

function copyDrawn(to: Document, element: Element, look: string, bytes: InnerBytes): Copy {
  const copy = to.createElementNS(element.namespaceURI, element.localName);
  for (const { name, value } of element.attributes) {
    if (!DRAWN.test(name)) continue;
    if (name !== "href") copy.setAttribute(name, value);
    else if (value.startsWith("#")) copy.setAttribute(name, value);
    else if (element.localName === "image") put(copy, name, bytes.standIn(value));
  }
  copy.setAttribute("class", look);
  return { element: copy, inside: copy };
}

/** What holds a frame's page: nothing gets out of it, and what is fixed is fixed to it. */
function frameIn(copy: Element, frame: HTMLIFrameElement): Element {
  const inside = copy.ownerDocument.createElementNS(HTML, "div");
  const ground = groundOf(frame.contentDocument);
  inside.setAttribute(
    "style",
    `display:block;position:relative;width:100%;height:100%;overflow:hidden;transform:translate(0);background:${ground}`,
  );
  copy.append(inside);
  return inside;
}

/** What a page's own ground is: its root's colour, else its body's. */
export function groundOf(document: Document | null): string {
  const view = document?.defaultView;
  for (const element of [document?.documentElement, document?.body]) {
    const color = element && view?.getComputedStyle(element).backgroundColor;
    if (color && color !== "rgba(0, 0, 0, 0)") return color;
  }
  return "transparent";
}

const isImage = (element: Element): element is HTMLImageElement => element.localName === "img";
const isOption = (element: Element): element is HTMLOptionElement => element.localName === "option";

function put(element: Element, name: string, address: string): void {
  if (address !== "") element.setAttribute(name, address);
}
