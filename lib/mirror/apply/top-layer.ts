/** Modal dialogs and popovers, in the order in which the customer has them above her page. */
import { isDialog } from "./node-kinds";

export interface TopLayer {
  show(entries: readonly (readonly [HTMLElement, isModal: boolean])[]): void;
  /** Opens again what a move of nodes has closed. */
  settle(): void;
}

const isShown = (node: HTMLElement, isModal: boolean): boolean =>
  node.matches(isModal ? ":modal" : ":popover-open");

function hide(node: HTMLElement): void {
  if (isDialog(node) && node.matches(":modal")) node.close();
  if (node.matches(":popover-open") && node.ownerDocument.defaultView) node.hidePopover();
}

function open(node: HTMLElement, isModal: boolean): void {
  try {
    if (isModal && isDialog(node)) {
      node.removeAttribute("open");
      node.showModal();
    } else {
      node.setAttribute("popover", "manual");
      node.showPopover();
    }
  } catch {
    // Not something that this browser puts there: it stays in the page.
  }
}

export function openTopLayer(): TopLayer {
  let shown: (readonly [HTMLElement, boolean])[] = [];
  const layer: TopLayer = {
    show(entries) {
      const isSame =
        entries.length === shown.length &&
        entries.every(([node, isModal], at) => node === shown[at]?.[0] && isShown(node, isModal));
      if (isSame) return;
      for (const [node] of [...shown, ...entries]) hide(node);
      for (const [node, isModal] of entries) open(node, isModal);
      shown = [...entries];
    },
    settle() {
      if (shown.some(([node, isModal]) => node.isConnected && !isShown(node, isModal))) layer.show(shown);
    },
  };
  return layer;
}
