/** "What is hidden": an outline over everything of the page that does not leave it as it is, for as long as she looks. */
import { viewportBox } from "./viewport-box";

export interface HiddenOutlines {
  show(elements: readonly Element[]): void;
  follow(): void;
  hide(): void;
}

/** Outlines drawn at once: more says nothing more, and would slow the shop's page. */
const MAX_OUTLINES = 300;

export function openHiddenOutlines(layer: ShadowRoot): HiddenOutlines {
  let outlines: { readonly element: HTMLElement; readonly target: Element }[] = [];

  function follow() {
    for (const { element, target } of outlines) {
      const box = viewportBox(target);
      element.style.display = box.width > 0 && box.height > 0 ? "" : "none";
      element.style.left = `${box.left}px`;
      element.style.top = `${box.top}px`;
      element.style.width = `${box.width}px`;
      element.style.height = `${box.height}px`;
    }
  }

  function hide() {
    for (const { element } of outlines) element.remove();
    outlines = [];
  }

  return {
    show(elements) {
      hide();
      outlines = elements.slice(0, MAX_OUTLINES).map((target) => {
        const element = document.createElement("div");
        element.className = "out";
        element.setAttribute("aria-hidden", "true");
        return { element: layer.insertBefore(element, layer.firstChild), target };
      });
      follow();
    },
    follow,
    hide,
  };
}
