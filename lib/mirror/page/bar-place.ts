/**
 * Keeps the bar clear of our own launcher and frame: in the space beside them. Where the frame fills the screen it says
 * what the bar says, so the bar steps back.
 */

/** CSS pixels of space below which the bar shows its icons alone. */
const ROOMY_PX = 620;
/** CSS pixels of space below which there is no bar. */
const LEAST_PX = 200;

/** @param ours hosts of launcher and frame @returns stop */
export function keepClear(bar: HTMLElement, ours: readonly Element[], view: Window): () => void {
  return watchParts(ours, view, (boxes) => {
    const width = view.innerWidth;
    let left = 0;
    let right = width;
    for (const box of boxes) {
      // Whichever side it stands on, the other is ours.
      if (box.left + box.right > width) right = Math.min(right, box.left);
      else left = Math.max(left, box.right);
    }
    const space = right - left;
    bar.hidden = space < LEAST_PX;
    bar.toggleAttribute("data-tight", space < ROOMY_PX);
    bar.style.left = `${left + space / 2}px`;
    bar.style.maxWidth = `${space - 16}px`;
  });
}

/** @param tell where launcher and frame stand, now and whenever that changes @returns stop */
export function watchParts(
  ours: readonly Element[],
  view: Window,
  tell: (boxes: readonly DOMRectReadOnly[]) => void,
): () => void {
  const look = () =>
    tell(
      partsOf(ours)
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.width > 0),
    );
  const watch = new MutationObserver(look);
  for (const host of ours) {
    if (host.shadowRoot)
      watch.observe(host.shadowRoot, { subtree: true, childList: true, attributeFilter: ["class"] });
  }
  view.addEventListener("resize", look, { passive: true });
  look();
  return () => {
    watch.disconnect();
    view.removeEventListener("resize", look);
  };
}

/** The frame when it is open, and the launcher. */
function partsOf(ours: readonly Element[]): Element[] {
  return ours.flatMap((host) =>
    [...(host.shadowRoot?.querySelectorAll("iframe.open, button") ?? [])].filter(isSeen),
  );
}

function isSeen(element: Element): boolean {
  return getComputedStyle(element).visibility !== "hidden";
}
