/** Comparing two items: choosing the second, changing how they lie, swapping and ending. */
import { type CompareMode, type Comparison, UPPER_FROM } from "@/lib/panel/comparison";
import type { ItemId } from "@/lib/protocol/ids";
import { type Cell, cell } from "./cell";
import type { Pane } from "./pane";
import { bringAlong } from "./pane-link";
import type { PanelContext } from "./panel-context";

export interface Comparing {
  /** The next picture chosen on the strip is compared with what is shown. */
  readonly choosing: Cell<boolean>;
  /** Lets the second picture be chosen; with two on the panel there is nothing to choose. False when there is none. */
  choose(): boolean;
  /** With the item that is shown; another one than before, or anew. */
  compareWith(id: ItemId): void;
  setMode(mode: CompareMode): void;
  setLinked(linked: boolean): void;
  setOpacity(opacity: number): void;
  swap(): void;
  end(): void;
}

/** An upper picture through which the lower one is seen as well. */
const FIRST_OPACITY = 0.6;

export function createComparing(
  context: PanelContext,
  panes: { readonly first: Pane; readonly second: Pane; readonly active: Cell<Pane> },
): Comparing {
  const choosing = cell(false);
  const follow = () => context.follow.get();
  const current = () => follow().comparison.get();

  function change(next: Partial<Comparison>): void {
    const comparison = current();
    if (comparison) follow().compare({ ...comparison, ...next, by: context.you() ?? "" });
  }

  function compareWith(id: ItemId): void {
    choosing.set(false);
    const shown = panes.first.item.get();
    if (!shown || shown.id === id) return;
    const before = current();
    const { mode, opacity, linked } = before ?? { mode: "beside", opacity: FIRST_OPACITY, linked: true };
    follow().compare({ with: id, mode, opacity, linked, by: context.you() ?? "" });
  }

  return {
    choosing,
    compareWith,
    choose() {
      const shown = panes.first.item.get();
      const others = context.binding
        .get()
        .items.get()
        .filter((item) => item.id !== shown?.id);
      const [other] = others;
      if (!shown || !other) return false;
      if (others.length === 1 && !current()) compareWith(other.id);
      else choosing.set(true);
      return true;
    },
    setMode: (mode) => change({ mode }),
    setLinked(linked) {
      const from = panes.active.get();
      change({ linked });
      if (linked) bringAlong(from, from === panes.first ? panes.second : panes.first);
    },
    setOpacity: (opacity) => follow().fade(opacity, context.you() ?? ""),
    swap() {
      const comparison = current();
      const shown = panes.first.item.get();
      if (comparison && shown)
        follow().compare({ ...comparison, with: shown.id, by: context.you() ?? "" }, comparison.with);
    },
    end() {
      choosing.set(false);
      follow().compare(null);
    },
  };
}

/** The pane on which one draws while one picture lies over the other: the one that is seen better. */
export function drawnOver(comparison: Comparison, first: Pane, second: Pane): Pane {
  return comparison.opacity >= UPPER_FROM ? second : first;
}
