/** A row of the stream as a node of the replica; what it may not be is a box. */
import type { NodeRow } from "../wire/page-message";
import { OURS } from "./attribute-list";
import type { Attributes } from "./attributes";
import { mayBuild, SPACES } from "./element-list";
import { SANDBOX } from "./frame-document";
import type { Known } from "./known-nodes";
import { isElement, isFrame, isText } from "./node-kinds";

const BOX = "vetrina-box";
export interface NodeBuilder {
  /** @param before what stood for this id until now, to be used again where it fits */
  build(row: NodeRow, document: Document, before: Known | undefined): Node | null;
}

/** @param wordFor the small word on a box */
export function openNodeBuilder(attributes: Attributes, wordFor: (why: string) => string): NodeBuilder {
  const element = (tag: string, space: 0 | 1 | 2, document: Document, before: Known | undefined): Element => {
    const node = before?.node;
    if (node && isElement(node) && node.localName === tag && node.namespaceURI === SPACES[space]) return node;
    return document.createElementNS(SPACES[space], tag);
  };
  const nonce = window.document.querySelector<HTMLElement>("[nonce]")?.nonce ?? "";
  return {
    build(row, document, before) {
      switch (row[1]) {
        case 1: {
          const [id, , tag, space, pairs] = row;
          const allowed = mayBuild(tag, space);
          const built = element(allowed ? tag : BOX, allowed ? space : 0, document, before);
          if (isFrame(built)) built.setAttribute("sandbox", SANDBOX);
          if (!allowed) built.setAttribute("style", "display:none");
          else attributes.replace(id, built, pairs);
          return built;
        }
        case 2: {
          const [id, , why, width, height, display, layout] = row;
          const box = element(BOX, 0, document, before);
          box.setAttribute(`${OURS}word`, wordFor(why));
          const shown = display === "inline" ? "inline-block" : display;
          const size = `width:${width}px;min-width:${width}px;height:${height}px;min-height:${height}px`;
          attributes.set(id, box, "style", `${layout ?? ""};display:${shown};${size}`);
          return box;
        }
        case 3: {
          const text = before?.node;
          if (!text || !isText(text)) return document.createTextNode(row[2]);
          if (text.data !== row[2]) text.data = row[2];
          return text;
        }
        case 4: {
          const sheet = element("style", 0, document, before);
          // Only its place counts; but the page's policy wants to know even of an empty one that it is ours.
          sheet.setAttribute("nonce", nonce);
          return sheet;
        }
        case 9:
        case 11:
          return null;
      }
    },
  };
}
