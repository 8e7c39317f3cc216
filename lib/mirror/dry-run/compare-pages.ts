/** What other rules change of a page: the same page, seen twice. */
import type { DomReader } from "../masking/read-dom";
import type { Sight } from "./dry-run-port";
import type { SeenPage } from "./see-page";

interface ElementChange {
  readonly element: Element;
  readonly sight: { readonly from: Sight; readonly to: Sight } | null;
  readonly mayAct: boolean | null;
}

/** In the page's order, as far as it is seen by the edited rules; what they hide that was hidden otherwise comes last. */
export function comparePages(saved: SeenPage, edited: SeenPage, reader: DomReader): ElementChange[] {
  const changes: ElementChange[] = [];
  const changed = new Set<Element>();
  for (const element of new Set([...edited.sights.keys(), ...saved.sights.keys()])) {
    const from = saved.sights.get(element) ?? besideBox(element, edited, saved, reader);
    const to = edited.sights.get(element) ?? besideBox(element, saved, edited, reader);
    // Null: it lies in a box now or did before, and the box is the change.
    if (from === null || to === null || from === to) continue;
    changed.add(element);
    changes.push({ element, sight: { from, to }, mayAct: null });
  }
  for (const [element, mayAct] of edited.acts) {
    const before = saved.acts.get(element);
    if (before !== undefined && before !== mayAct && !changed.has(element))
      changes.push({ element, sight: null, mayAct });
  }
  return changes;
}

/**
 * Of an element that `here` says nothing of: by the other rules it is a box, and here it is no box but what holds its
 * parts; or here it lies in a box.
 */
function besideBox(element: Element, other: SeenPage, here: SeenPage, reader: DomReader): Sight | null {
  if (other.sights.get(element) !== "boxed") return null;
  for (let above = reader.parent(element); above; above = reader.parent(above)) {
    if (reader.kind(above) === 1 && here.sights.get(above as Element) === "boxed") return null;
  }
  return here.wordsIn(element);
}
