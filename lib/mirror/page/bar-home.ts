/**
 * Keeps our host on top and within reach. What lies outside an open modal dialog takes no presses, top layer or not; so
 * while the page shows one, our host stands in it, and goes home when it closes.
 */

/** Milliseconds between two looks at whether the page took our host away, with a dialog or on purpose. */
const LOOK_MS = 1_000;

export interface BarHome {
  /** Above whatever the page has put into the top layer since. */
  raise(): void;
  close(): void;
}

export function keepOnTop(host: HTMLElement, document: Document): BarHome {
  const raise = () => {
    const wanted = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.documentElement;
    if (host.parentNode !== wanted) wanted.appendChild(host);
    // Older browsers keep the z-index.
    if (typeof host.showPopover !== "function") return;
    host.popover = "manual";
    if (host.matches(":popover-open")) host.hidePopover();
    host.showPopover();
  };
  const carefully = () => {
    try {
      raise();
    } catch {
      // A page that is going away, or a dialog that does at this moment: the next look mends it.
    }
  };
  const dialogs = new MutationObserver(carefully);
  dialogs.observe(document.documentElement, { subtree: true, attributeFilter: ["open"] });
  const looking = setInterval(() => {
    if (!host.isConnected) carefully();
  }, LOOK_MS);
  carefully();
  return {
    raise: carefully,
    close() {
      dialogs.disconnect();
      clearInterval(looking);
      host.remove();
    },
  };
}
