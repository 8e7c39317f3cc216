/** Modal dialogs and popovers, in the order in which the customer has them above her page. */
import { isDialog, isHtmlElement } from "./node-kinds";

export interface TopLayer {
  show(entries: readonly (readonly [Node, isModal: boolean])[]): void;
  /** Opens again what a move of nodes has closed. */
  settle(): void;
}

const isShown = (node: Node, isModal: boolean): boolean =>
  isHtmlElement(node) && node.matches(isModal ? ":modal" : ":popover-open");

function hide(node: Node): void {
  if (!isHtmlElement(node)) return;
  if (isDialog(node) && node.matches(":modal")) node.close();
  if (node.matches(":popover-open")) node.hidePopover();
}

function open(node: Node, isModal: boolean): void {
  if (!isHtmlElement(node) || !node.isConnected) return;
  try {
    if (isModal && isDialog(node)) {
      node.removeAttribute("open");
      node.showModal();
    } else {
      if (!node.hasAttribute("popover")) node.setAttribute("popover", "manual");
      node.showPopover();
    }
  } catch {
    // Not something that this browser puts there: it stays in the page.
  }
}

/** @param frame inert while a dialog opens, so that the dialog does not take the agent's keyboard */
export function openTopLayer(frame: HTMLIFrameElement): TopLayer {
  let shown: (readonly [Node, boolean])[] = [];
  const layer: TopLayer = {
    show(entries) {
      const isSame =
        entries.length === shown.length &&
        entries.every(([node, isModal], at) => node === shown[at]?.[0] && isShown(node, isModal));
      if (isSame) return;
      const wasInert = frame.inert;
      frame.inert = true;
      for (const [node] of [...shown, ...entries]) hide(node);
      for (const [node, isModal] of entries) open(node, isModal);
      frame.inert = wasInert;
      shown = [...entries];
    },
    settle() {
      if (shown.some(([node, isModal]) => node.isConnected && !isShown(node, isModal))) layer.show(shown);
    },
  };
  return layer;
}
