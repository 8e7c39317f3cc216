/**
 * Looking together or alone: which item, and which comparison. Together, the document says it, for everybody; alone, we
 * choose for ourselves and move nobody. Whoever may not write to the document looks alone as soon as they choose or
 * move by themselves. Where one looks on an item is view-share's.
 */
import { compareItems, endComparison, showItem } from "@/lib/panel/commands";
import { type Comparison, linkedCamera, sameComparison } from "@/lib/panel/comparison";
import type { Item } from "@/lib/panel/schema";
import type { Camera } from "@/lib/panel/view";
import type { ItemId } from "@/lib/protocol/ids";
import { type Cell, cell } from "./cell";
import type { DocumentBinding } from "./document-binding";
import type { PaneState } from "./pane-state";
import type { Peers } from "./peers";
import { shareView } from "./view-share";

export interface Follow {
  readonly together: Cell<boolean>;
  /** What we compare the item in the first pane with; null while we look at one. */
  readonly comparison: Cell<Comparison | null>;
  setTogether(together: boolean): void;
  /** Shows an item and ends a comparison: to everybody while together, else to ourselves. */
  show(id: ItemId): void;
  /** Compares as told, or ends it. @param first put into the first pane; what is there when left out */
  compare(comparison: Comparison | null, first?: ItemId): void;
  /** Here at once, written a little later: a slider moves faster than a document needs to know. */
  fade(opacity: number, by: string): void;
  close(): void;
}

/** Milliseconds between two writes of a sliding opacity; the others' pictures fade over as long. */
const FADE_MS = 120;

export function createFollow(parts: {
  readonly binding: DocumentBinding;
  readonly peers: Peers;
  readonly first: PaneState;
  readonly second: PaneState;
  readonly together: Cell<boolean>;
  readonly canWrite: () => boolean;
}): Follow {
  const { binding, first, second, together, canWrite } = parts;
  const comparison = cell<Comparison | null>(null);
  /** What we compare while we look alone. */
  let own: Comparison | null = null;
  let fading: { opacity: number; by: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;

  const leads = () => together.get() && canWrite();
  function leave(): void {
    own = comparison.get();
    together.set(false);
  }
  const one = shareView(first, { ...parts, leave }, () => true);
  const two = shareView(second, { ...parts, leave }, () => comparison.get()?.mode === "beside");

  function find(id: ItemId | null | undefined): Item | null {
    return binding.items.get().find((known) => known.id === id) ?? null;
  }

  function wanted(shown: Item | null): Comparison | null {
    const next = together.get() ? binding.stage.get().comparison : own;
    if (!next || !shown || next.with === shown.id || !find(next.with)) return null;
    return fading ? { ...next, opacity: fading.opacity } : next;
  }

  /** Looks at this, and at what it is compared with. */
  function settle(shown: Item | null): void {
    const before = comparison.get();
    const next = wanted(shown);
    const other = find(next?.with);
    const start = startingViews(shown, other, next);
    if (!sameComparison(before, next)) comparison.set(next);
    if (shown?.id !== first.item.get()?.id) one.land(shown, start.first);
    else refresh(first, shown);
    // A picture that lay over another comes back between its own bounds, and the other way.
    if (other?.id === second.item.get()?.id && before?.mode === next?.mode) refresh(second, other);
    else two.land(other, start.second());
  }

  /** Where to look when nobody leads: swapped pictures keep their places, a linked one goes where the first is. */
  function startingViews(shown: Item | null, other: Item | null, next: Comparison | null) {
    const [one, two] = [first.item.get(), second.item.get()];
    const here = first.camera.camera.get();
    const there = second.camera.camera.get();
    const swapped = one && two && shown?.id === two.id && other?.id === one.id;
    const beside = next?.mode === "beside";
    return {
      first: swapped ? (beside ? there : linkedCamera(here, one, two)) : undefined,
      second(): Camera | undefined {
        if (swapped && beside) return here;
        const follows = next?.linked && shown && other;
        return follows ? linkedCamera(first.camera.camera.get(), shown, other) : undefined;
      },
    };
  }

  /** The same item, known better. */
  function refresh(pane: PaneState, item: Item | null): void {
    const current = pane.item.get();
    // Read anew with every change of the panel: most often it says the same.
    if (item && current && JSON.stringify(item) !== JSON.stringify(current)) pane.item.set(item);
  }

  function onDocument(): void {
    const current = together.get() ? null : find(first.item.get()?.id);
    settle(current ?? find(binding.stage.get().shown));
  }

  function write(next: Comparison, item: ItemId): void {
    if (leads()) compareItems(binding.doc, binding.stageOrigin, { ...next, item });
    else {
      leave();
      own = next;
      settle(find(item));
    }
  }

  function endFade(): void {
    if (!fading) return;
    clearTimeout(fading.timer);
    const { opacity, by } = fading;
    fading = null;
    const [current, item] = [comparison.get(), first.item.get()];
    if (current && item && together.get()) write({ ...current, opacity, by }, item.id);
  }

  const stops = [binding.items.subscribe(onDocument), binding.stage.subscribe(onDocument)];
  one.land(find(binding.stage.get().shown));
  onDocument();

  return {
    together,
    comparison,
    setTogether(next) {
      if (!next) {
        leave();
        one.tell();
        two.tell();
        return;
      }
      together.set(true);
      onDocument();
      one.rejoin();
      two.rejoin();
    },
    show(id) {
      if (leads()) return showItem(binding.doc, binding.stageOrigin, id);
      leave();
      own = null;
      settle(find(id));
    },
    compare(next, item = first.item.get()?.id) {
      if (item === undefined) return;
      if (next) return write(next, item);
      if (leads()) return endComparison(binding.doc, binding.stageOrigin);
      leave();
      own = null;
      settle(find(item));
    },
    fade(opacity, by) {
      const current = comparison.get();
      const item = first.item.get();
      if (!current || !item) return;
      if (!leads()) return write({ ...current, opacity, by }, item.id);
      comparison.set({ ...current, opacity });
      if (fading) fading.opacity = opacity;
      else fading = { opacity, by, timer: setTimeout(endFade, FADE_MS) };
    },
    close() {
      endFade();
      for (const stop of stops) stop();
      one.close();
      two.close();
    },
  };
}
