/**
 * One window of the page, its own or a same-origin frame's: listens to it, and learns of shadow roots that scripts open in
 * it. Whatever is put into it is taken out again.
 */
import type { View } from "./page-dom";

export interface Realm {
  /** Once more, after a `document.open` that took everybody's listeners away. */
  listen(): void;
  close(): void;
}

export interface RealmEvents {
  readonly names: readonly string[];
  on(event: Event): void;
  onShadow(host: Element, root: ShadowRoot): void;
}

const CAPTURE = { capture: true, passive: true };

/** Without throwing into the page, whatever happens in here. */
export function listenTo(
  target: EventTarget,
  names: readonly string[],
  on: (event: Event) => void,
): () => void {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  for (const name of names) Reflect.apply(addEventListener, target, [name, on, CAPTURE]);
  return () => {
    for (const name of names) Reflect.apply(removeEventListener, target, [name, on, CAPTURE]);
  };
}

export function openRealm(view: View, { names, on, onShadow }: RealmEvents): Realm {
  const { prototype } = view.Element;
  const native = prototype.attachShadow;
  let isClosed = false;
  const patched = function attachShadow(this: Element, init: ShadowRootInit): ShadowRoot {
    const root = Reflect.apply(native, this, [init]);
    if (!isClosed) {
      try {
        onShadow(this, root);
      } catch {
        // The page opened a shadow root, and that is all it is to notice.
      }
    }
    return root;
  };
  prototype.attachShadow = patched;
  let deafen = listenTo(view, names, on);
  return {
    listen() {
      deafen = listenTo(view, names, on);
    },
    close() {
      isClosed = true;
      // Somebody may have wrapped it since; then ours stays in the middle and only passes on.
      if (prototype.attachShadow === patched) prototype.attachShadow = native;
      deafen();
    },
  };
}
