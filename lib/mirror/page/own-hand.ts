/**
 * What the customer's own hand does: it comes before the agent's, Escape twice ends the mirror, and on a field that is not
 * shown she is told so. Only events that the browser itself made count.
 */

export interface OwnHand {
  /** She typed or pressed a moment ago: the agent waits. */
  isBusy(): boolean;
  close(): void;
}

/** Milliseconds that her own input keeps the agent's back: a pause between two keys. */
const BUSY_MS = 600;
/** Milliseconds between two presses of Escape that end the mirror. */
const TWICE_MS = 800;

export function openOwnHand(
  view: Window & typeof globalThis,
  told: {
    readonly onStop: () => void;
    readonly onMaskedField: () => void;
    readonly isMasked: (element: Element) => boolean;
  },
): OwnHand {
  let busyUntil = 0;
  let escapedAt = Number.NEGATIVE_INFINITY;

  const onKey = (event: KeyboardEvent) => {
    if (!event.isTrusted) return;
    busyUntil = performance.now() + BUSY_MS;
    if (event.key !== "Escape" || event.repeat) return;
    const now = performance.now();
    if (now - escapedAt < TWICE_MS) told.onStop();
    escapedAt = now;
  };
  const onPress = (event: Event) => {
    if (event.isTrusted) busyUntil = performance.now() + BUSY_MS;
  };
  const onFocus = ({ target }: Event) => {
    if (target instanceof view.Element && told.isMasked(target)) told.onMaskedField();
  };
  const early = { capture: true, passive: true };
  view.addEventListener("keydown", onKey, early);
  view.addEventListener("pointerdown", onPress, early);
  view.addEventListener("focusin", onFocus, early);
  return {
    isBusy: () => performance.now() < busyUntil,
    close() {
      view.removeEventListener("keydown", onKey, early);
      view.removeEventListener("pointerdown", onPress, early);
      view.removeEventListener("focusin", onFocus, early);
    },
  };
}
