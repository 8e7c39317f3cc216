/**
 * Looking together or alone. Together, the last to take hold of the view leads: views carry a clock, the highest wins.
 * An input raises the clock, the frames that it sets going do not: the tail of one person's eased zoom must not swallow
 * the press that another has just made. Alone, we move nobody and nobody moves us. Whoever may not write to the
 * document looks alone as soon as they move by themselves.
 */
import { restView, showItem } from "@/lib/panel/commands";
import { sharedView } from "@/lib/panel/presence";
import { type Item, readRestingView } from "@/lib/panel/schema";
import { type Camera, fitCamera, sameCamera, visibleBox } from "@/lib/panel/view";
import type { ItemId } from "@/lib/protocol/ids";
import type { View } from "@/lib/protocol/presence";
import type { CameraControl } from "./camera-control";
import { type Cell, cell } from "./cell";
import type { DocumentBinding } from "./document-binding";
import type { Peers } from "./peers";

export interface Follow {
  /** What we look at. */
  readonly item: Cell<Item | null>;
  readonly together: Cell<boolean>;
  setTogether(together: boolean): void;
  /** Shows an item: to everybody while together, else to ourselves. */
  show(id: ItemId): void;
  close(): void;
}

export function createFollow(parts: {
  readonly binding: DocumentBinding;
  readonly peers: Peers;
  readonly camera: CameraControl;
  readonly together: Cell<boolean>;
  readonly canWrite: () => boolean;
}): Follow {
  const { binding, peers, camera, together, canWrite } = parts;
  const item = cell<Item | null>(null);
  let clock = 0;
  /** The view we last took over. */
  let applied: View | null = null;

  const leading = (): View | null => {
    const own = peers.own();
    const views: (readonly [number, View])[] = [];
    for (const peer of peers.others.get()) if (peer.view) views.push([peer.client, peer.view]);
    if (own) views.push([peers.client, own]);
    // Clock 0: has not moved yet, so leads nobody.
    return sharedView(views.filter(([, view]) => view.clock > 0));
  };

  function tell(): void {
    const shown = item.get();
    if (!shown) return;
    const { cx, cy, zoom } = camera.camera.get();
    const { w, h } = visibleBox({ cx, cy, zoom }, shown, camera.viewport.get());
    peers.tellView({ item: shown.id, cx, cy, zoom, w, h, clock, together: together.get() });
  }

  /** Looks at an item, where the others look or last rested. */
  function land(next: Item | null): void {
    item.set(next);
    camera.stop();
    camera.picture.set(next ? { width: next.width, height: next.height } : null);
    if (!next) return;
    const lead = leading();
    const resting = readRestingView(binding.doc);
    const there: Camera | null =
      lead?.item === next.id ? lead : resting?.item === next.id && lead === null ? resting : null;
    if (lead?.item === next.id) applied = lead;
    camera.follow(there ?? fitCamera(next), true);
    tell();
  }

  function find(id: ItemId | null): Item | null {
    return binding.items.get().find((known) => known.id === id) ?? null;
  }

  function onDocument(): void {
    const current = item.get();
    const wanted = together.get()
      ? find(binding.shown.get())
      : (find(current?.id ?? null) ?? find(binding.shown.get()));
    if (wanted?.id !== current?.id) land(wanted);
    else if (wanted && current && (wanted.width !== current.width || wanted.title !== current.title))
      item.set(wanted);
  }

  function onPeers(): void {
    if (!together.get()) return;
    const lead = leading();
    const current = item.get();
    if (!lead || !current || lead.item !== current.id || lead === peers.own()) return;
    if (applied && applied.clock === lead.clock && sameCamera(applied, lead)) return;
    applied = lead;
    camera.follow(lead, false);
  }

  function onTaken(): void {
    if (together.get() && !canWrite()) together.set(false);
    if (together.get()) clock = Math.max(clock, leading()?.clock ?? 0) + 1;
    tell();
  }

  function onRest(): void {
    if (camera.moving.get()) return;
    tell();
    const shown = item.get();
    if (!shown || !together.get() || !canWrite() || leading() !== peers.own() || clock === 0) return;
    restView(binding.doc, binding.stageOrigin, { item: shown.id, ...camera.camera.get() });
  }

  const stops = [
    binding.items.subscribe(onDocument),
    binding.shown.subscribe(onDocument),
    peers.others.subscribe(onPeers),
    camera.onTaken(onTaken),
    camera.onMoved(tell),
    camera.moving.subscribe(onRest),
    camera.viewport.subscribe(() => {
      camera.follow(camera.camera.get(), true);
      tell();
    }),
  ];
  onDocument();

  return {
    item,
    together,
    setTogether(next) {
      together.set(next);
      if (!next) return tell();
      const shown = find(binding.shown.get());
      if (shown?.id !== item.get()?.id) return land(shown);
      const lead = leading();
      if (lead && lead.item === shown?.id && lead !== peers.own()) {
        applied = lead;
        camera.follow(lead, false);
      }
      tell();
    },
    show(id) {
      if (together.get() && canWrite()) showItem(binding.doc, binding.stageOrigin, id);
      else {
        together.set(false);
        land(find(id));
      }
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
