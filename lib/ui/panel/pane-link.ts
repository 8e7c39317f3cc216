/** What moves along when a pane moves: linked side by side, the other pane; one over the other, the upper picture. */
import { linkedCamera, overCamera } from "@/lib/panel/comparison";
import type { Cell } from "./cell";
import type { Follow } from "./follow";
import type { PaneState } from "./pane-state";

/** @returns its end */
export function linkPanes(first: PaneState, second: PaneState, follow: Cell<Follow>): () => void {
  let carrying = false;
  const comparison = () => follow.get().comparison.get();

  /** Only our own moves; the others tell both of theirs. */
  function along(from: PaneState, to: PaneState): (() => void)[] {
    const once = (act: () => void) => () => {
      const current = comparison();
      if (carrying || current?.mode !== "beside" || !current.linked) return;
      carrying = true;
      act();
      carrying = false;
    };
    return [
      from.camera.onTaken(once(() => to.camera.take())),
      from.camera.onMoved(once(() => carry(from, to))),
    ];
  }

  function lay(): void {
    const under = first.camera.picture.get();
    const over = second.camera.picture.get();
    if (comparison()?.mode !== "over" || !under || !over) return;
    const viewport = first.camera.viewport.get();
    second.camera.viewport.set(viewport);
    second.camera.lay(overCamera(first.camera.camera.get(), under, over, viewport));
  }

  const stops = [
    ...along(first, second),
    ...along(second, first),
    first.camera.camera.subscribe(lay),
    first.camera.viewport.subscribe(lay),
    first.camera.picture.subscribe(lay),
    second.camera.picture.subscribe(lay),
    follow.subscribe(lay),
  ];
  lay();
  return () => {
    for (const stop of stops) stop();
  };
}

/** Brings a pane to the same place on its picture. */
function carry(from: PaneState, to: PaneState): void {
  const here = from.camera.picture.get();
  const there = to.camera.picture.get();
  if (here && there) to.camera.carry(linkedCamera(from.camera.camera.get(), here, there));
}

/** From now on linked: the other pane comes to where this one is. */
export function bringAlong(from: PaneState, to: PaneState): void {
  to.camera.take();
  carry(from, to);
}
