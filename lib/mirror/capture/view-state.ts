/** What of the page is neither node nor style: focus, pointer, selection, top layer. Each is told whole when it changed. */
import type { NodeId, PageDelta } from "../wire/page-message";
import type { Context } from "./context";
import { isDocument, isElement } from "./page-dom";
import type { SentNode } from "./sent-tree";

export interface ViewState {
  /** Under the pointer, and pressed. */
  point(hovered: Node | null, pressed: Node | null): void;
  /** Where somebody selects. */
  selectIn(document: Document): void;
  tell(context: Context): void;
  /** As it was told last. */
  readonly told: Pick<PageDelta, "t" | "f" | "e">;
}

type Focus = NonNullable<PageDelta["f"]>;
type Selected = NonNullable<PageDelta["e"]>;
type TopLayer = NonNullable<PageDelta["t"]>;

export function openViewState(): ViewState {
  let hovered: WeakRef<Node> | null = null;
  let pressed: WeakRef<Node> | null = null;
  let selecting: WeakRef<Document> | null = null;
  let layer: readonly SentNode[] = [];
  const told: { t?: TopLayer; f?: Focus; e?: Selected } = {};
  return {
    told,
    point(over, down) {
      hovered = over && new WeakRef(over);
      pressed = down && new WeakRef(down);
    },
    selectIn(document) {
      selecting = new WeakRef(document);
    },
    tell(context) {
      const { dirty, draft } = context;
      if (dirty.topLayer) {
        layer = readTopLayer(context, layer);
        const t = layer.map(
          ({ id, node }) => [id, isElement(context.dom, node) && isModal(context, node) ? 1 : 0] as const,
        );
        if (t.join() !== (told.t ?? []).join()) {
          draft.t = t;
          told.t = t;
        }
      }
      if (dirty.focus) {
        const f = readFocus(context, hovered?.deref(), pressed?.deref());
        if (f.join() !== (told.f ?? [0, 0, 0]).join()) {
          draft.f = f;
          told.f = f;
        }
      }
      if (dirty.selection) {
        const e = readSelection(context, selecting?.deref());
        if (e.join() !== (told.e ?? []).join()) {
          draft.e = e;
          told.e = e;
        }
      }
      dirty.topLayer = false;
      dirty.focus = false;
      dirty.selection = false;
    },
  };
}

/** The node, or what is told in its place. */
export function nearestTold({ dom, tree }: Context, node: Node | null | undefined): NodeId {
  for (let at = node ?? null; at; at = dom.parent(at)) {
    const sent = tree.of(at);
    if (sent) return sent.row[1] === 9 ? 0 : sent.id;
  }
  return 0;
}

const isModal = ({ dom }: Context, element: Element) => dom.matches(element, ":modal");

function readTopLayer({ dom, tree }: Context, before: readonly SentNode[]): readonly SentNode[] {
  const open = new Set<SentNode>();
  for (const root of tree.roots)
    for (const element of dom.all(root.node, "dialog:modal,:popover-open")) {
      const sent = tree.of(element);
      if (sent) open.add(sent);
    }
  // Which came first only they know who saw it: what was open stays where it was.
  return [...new Set([...before.filter((sent) => open.has(sent)), ...open])];
}

function readFocus(context: Context, hovered: Node | undefined, pressed: Node | undefined): Focus {
  const { dom, view } = context;
  let focused = dom.active(view.document);
  for (let inner = focused; inner; ) {
    focused = inner;
    const root: Node | null = dom.shadow(inner) ?? context.closedRoots.get(inner) ?? dom.frame(inner);
    inner = root && dom.active(root);
  }
  const hasFocus = focused && dom.tag(focused) !== "body";
  const f: Focus = [
    hasFocus ? nearestTold(context, focused) : 0,
    nearestTold(context, hovered),
    nearestTold(context, pressed),
  ];
  return hasFocus && dom.matches(focused ?? view.document.documentElement, ":focus-visible")
    ? [f[0], f[1], f[2], 1]
    : f;
}

function readSelection(context: Context, document: Document | undefined): Selected {
  const selection = document && context.dom.viewOf(document)?.getSelection();
  if (!selection || selection.isCollapsed) return [];
  const anchor = placeOf(context, selection.anchorNode, selection.anchorOffset);
  const focus = placeOf(context, selection.focusNode, selection.focusOffset);
  return anchor && focus ? [...anchor, ...focus] : [];
}

/** Places in what is masked would tell how long it is. */
function placeOf({ dom, tree, gate }: Context, node: Node | null, offset: number): [NodeId, number] | null {
  const sent = node && tree.of(node);
  if (!sent) return null;
  if (sent.row[1] === 3) return sent.row[2] === dom.text(node) ? [sent.id, offset] : null;
  if (isDocument(dom, node) || gate.text("text", sent.scope).as !== "shown") return null;
  const before = new Set(dom.children(node).slice(0, offset));
  return [sent.id, sent.children.filter((child) => before.has(child.node)).length];
}
