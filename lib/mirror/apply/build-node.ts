/** A row of the stream as a node of the replica; what it may not be is a box. */
import type { NodeRow } from "../wire/page-message";
import { OURS } from "./attribute-list";
import type { Attributes } from "./attributes";
import { mayBuild, SPACES } from "./element-list";
import { SANDBOX } from "./frame-document";
import type { Known } from "./known-nodes";
import { isElement, isFrame, isText } from "./node-kinds";

const BOX = "vetrina-box";
const DISPLAY = /^(none|contents|[a-z-]{1,24})( [a-z-]{1,16})?$/;
/** CSS pixels of a box's side. */
const MAX_SIDE = 100_000;

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
          if (tag === "canvas") size(id, built);
          return built;
        }
        case 2: {
          const [id, , why, width, height, display, layout] = row;
          const box = element(BOX, 0, document, before);
          box.setAttribute(`${OURS}word`, wordFor(why));
          attributes.set(id, box, "style", layout ?? "");
          const side = (length: number) => `${Math.min(Math.max(length, 0), MAX_SIDE)}px`;
          for (const name of ["width", "min-width"]) attributes.own(id, box, name, side(width));
          for (const name of ["height", "min-height"]) attributes.own(id, box, name, side(height));
          const shown = display === "inline" || !DISPLAY.test(display) ? "inline-block" : display;
          attributes.own(id, box, "display", shown);
          return box;
        }
        case 3: {
          const text = before?.node;
          if (!text || !isText(text)) return document.createTextNode(row[2]);
          if (text.data !== row[2]) text.data = row[2];
          return text;
        }
        case 4:
          return element("style", 0, document, before);
        case 9:
        case 11:
          return null;
      }
    },
  };

  /** A canvas is no canvas where scripts are off; it keeps its size by the base sheet. */
  function size(id: number, canvas: Element): void {
    const [width = 300, height = 150] = ["width", "height"].map((name) => {
      const side = Number.parseInt(canvas.getAttribute(name) ?? "", 10);
      return side > 0 ? side : undefined;
    });
    attributes.own(id, canvas, "--vetrina-width", `${width}px`);
    attributes.own(id, canvas, "--vetrina-ratio", `${width}/${height}`);
  }
}
