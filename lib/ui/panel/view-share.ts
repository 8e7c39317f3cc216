/**
 * Sharing where a pane looks. Together, the last to take hold of the view of an item leads: views carry a clock, the
 * highest wins. An input raises the clock, the frames that it sets going do not: the tail of one person's eased zoom
 * must not swallow the press that another has just made. Alone, we move nobody and nobody moves us.
 */
import { restView } from "@/lib/panel/commands";
import { sharedView } from "@/lib/panel/presence";
import { type Item, readRestingView } from "@/lib/panel/schema";
import { type Camera, fitCamera, sameCamera, visibleBox } from "@/lib/panel/view";
import type { ItemId } from "@/lib/protocol/ids";
import type { View } from "@/lib/protocol/presence";
import type { Cell } from "./cell";
import type { DocumentBinding } from "./document-binding";
import type { PaneState } from "./pane-state";
import type { Peers } from "./peers";

export interface ViewShare {
  /** Looks at an item, where the others look or last rested; where neither is known, at `otherwise`. */
  land(item: Item | null, otherwise?: Camera): void;
  /** Goes to where the others look, if they look at our item. */
  rejoin(): void;
  tell(): void;
  close(): void;
}

export interface SharedParts {
  readonly binding: DocumentBinding;
  readonly peers: Peers;
  readonly together: Cell<boolean>;
  readonly canWrite: () => boolean;
  /** Looks alone from here on. */
  readonly leave: () => void;
}

/** @param shares false while this pane has no view of its own to share. */
export function shareView(pane: PaneState, parts: SharedParts, shares: () => boolean): ViewShare {
  const { binding, peers, together, canWrite } = parts;
  const { camera, item } = pane;
  let clock = 0;
  /** The view we last took over. */
  let applied: View | null = null;

  const isOwn = (view: View) => view === peers.own("first") || view === peers.own("second");
  const views = () => {
    const all: (readonly [number, View])[] = [];
    const add = (client: number, view: View | null) => {
      // Clock 0: has not moved yet, so leads nobody.
      if (view && view.clock > 0) all.push([client, view]);
    };
    for (const { client, view, beside } of peers.others.get()) {
      add(client, view);
      add(client, beside);
    }
    add(peers.client, peers.own("first"));
    add(peers.client, peers.own("second"));
    return all;
  };
  const leading = (id: ItemId) => sharedView(views().filter(([, view]) => view.item === id));

  function tell(): void {
    const shown = item.get();
    if (!shown || !shares()) {
      peers.tellView(pane.side, null);
      return;
    }
    const { cx, cy, zoom } = camera.camera.get();
    const { w, h } = visibleBox({ cx, cy, zoom }, shown, camera.viewport.get());
    peers.tellView(pane.side, { item: shown.id, cx, cy, zoom, w, h, clock, together: together.get() });
  }

  function onPeers(): void {
    const current = item.get();
    if (!together.get() || !current || !shares()) return;
    const lead = leading(current.id);
    if (!lead || isOwn(lead)) return;
    if (applied && applied.clock === lead.clock && sameCamera(applied, lead)) return;
    applied = lead;
    camera.follow(lead, false);
  }

  function onTaken(): void {
    if (together.get() && !canWrite()) parts.leave();
    if (together.get()) clock = Math.max(clock, sharedView(views())?.clock ?? 0) + 1;
    tell();
  }

  function onRest(): void {
    if (camera.moving.get()) return;
    tell();
    const shown = item.get();
    if (pane.side === "second" || !shown || !together.get() || !canWrite() || clock === 0) return;
    const lead = leading(shown.id);
    if (lead && isOwn(lead))
      restView(binding.doc, binding.stageOrigin, { item: shown.id, ...camera.camera.get() });
  }

  const stops = [
    peers.others.subscribe(onPeers),
    camera.onTaken(onTaken),
    camera.onMoved(tell),
    camera.moving.subscribe(onRest),
    camera.viewport.subscribe(() => {
      if (shares()) camera.refit();
      tell();
    }),
  ];

  return {
    tell,
    land(next, otherwise) {
      item.set(next);
      camera.stop();
      camera.picture.set(next ? { width: next.width, height: next.height } : null);
      if (!next) return tell();
      const lead = leading(next.id);
      const resting = readRestingView(binding.doc);
      const rested = resting?.item === next.id && views().length === 0 ? resting : null;
      if (lead) applied = lead;
      camera.follow(lead ?? rested ?? otherwise ?? fitCamera(next), true);
      tell();
    },
    rejoin() {
      const current = item.get();
      const lead = current && leading(current.id);
      if (lead && !isOwn(lead)) {
        applied = lead;
        camera.follow(lead, false);
      }
      tell();
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
