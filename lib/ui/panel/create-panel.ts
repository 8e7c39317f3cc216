/** Puts the panel's parts together for one room, and binds them again when the room's document is replaced. */

import type { Mark } from "@/lib/panel/mark";
import { paletteEntry } from "@/lib/panel/palette";
import type { Room } from "@/lib/sync/client/room";
import type { ServerClock } from "@/lib/sync/client/server-clock";
import { type Cell, cell } from "./cell";
import { type Comparing, createComparing, drawnOver } from "./comparing";
import { bindDocument, type DocumentBinding } from "./document-binding";
import { createFollow, type Follow } from "./follow";
import type { MarkChanges } from "./mark-store";
import { createPane, type Pane, type PlayedClock, type VideoParts } from "./pane";
import { linkPanes } from "./pane-link";
import { createPaneState, nothingLive } from "./pane-state";
import type { PanelContext, Style } from "./panel-context";
import { openPeers, type Peers } from "./peers";
import { rememberedWidth } from "./remembered";
import { createTakingOff, type TakingOff } from "./taking-off";
import { type Tool, writes } from "./tools";
import { openRoomClock } from "./video/room-clock";

export interface Panel extends PanelContext {
  readonly first: Pane;
  /** Holds an item only while two are compared. */
  readonly second: Pane;
  /** The pane that tools, keys and zoom buttons act on. */
  readonly active: Cell<Pane>;
  readonly comparing: Comparing;
  readonly takingOff: TakingOff;
  /** It plays back what was: videos run with it, and nobody starts or stops them here. */
  readonly isFilm: boolean;
  /** The pane on which one draws when one points at this one: another only where one picture lies over the other. */
  drawnIn(pane: Pane): Pane;
  /** The pane whose view moves when this one is moved. */
  movedWith(pane: Pane): Pane;
  /** Changes of marks in whichever document is bound. */
  onMarks(listener: (changes: MarkChanges) => void): () => void;
  close(): void;
}

/** @param played the clock of a film; without it the panel is live, and the server's clock holds */
export function createPanel(room: Room, played: PlayedClock | null = null): Panel {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const one = createPaneState("first", calm);
  const two = createPaneState("second", calm);
  const snapshot = cell(room.getSnapshot());
  const together = cell(true);
  const tool = cell<Tool>("pan");
  const version = cell(0);
  const you = () => snapshot.get().you;
  const canDraw = () => snapshot.get().rights.draw && one.item.get() !== null;
  const mayChange = (mark: Mark) =>
    canDraw() && (snapshot.get().rights.editOthers || mark.author === "" || mark.author === you());
  const ownColor = () => {
    const me = snapshot.get().room?.participants.find((person) => person.participantId === you());
    return paletteEntry(me?.color ?? 0).color;
  };
  const style = cell<Style>({ color: ownColor(), width: rememberedWidth() });
  const markListeners = new Set<(changes: MarkChanges) => void>();
  const bump = () => version.set(version.get() + 1);

  interface Bound {
    readonly binding: DocumentBinding;
    readonly peers: Peers;
    readonly follow: Follow;
    close(): void;
  }

  function bind(): Bound {
    const binding = bindDocument(room.doc);
    const peers = openPeers(room.awareness, you);
    const following = createFollow({
      binding,
      peers,
      first: one,
      second: two,
      together,
      // Who only draws along looks on her own when she turns to something else.
      canWrite: () => snapshot.get().rights.draw && snapshot.get().rights.show,
    });
    const stops = [
      binding.marks.onChange((changes) => {
        refreshSelected(binding);
        for (const listener of markListeners) listener(changes);
        bump();
      }),
      following.comparison.subscribe(onComparison),
      binding.items.subscribe(bump),
    ];
    return {
      binding,
      peers,
      follow: following,
      close() {
        for (const stop of stops) stop();
        following.close();
        peers.close();
        binding.close();
      },
    };
  }

  /** A selected mark that somebody else changed or deleted is shown as it is now. */
  function refreshSelected(from: DocumentBinding): void {
    for (const { live } of [one, two]) {
      const { selected } = live.get();
      if (!selected) continue;
      const current = from.marks.get(selected.id);
      live.set(current ? { ...live.get(), selected: current } : nothingLive);
    }
  }

  let colorChosen = false;
  let bound = bind();
  let generation = snapshot.get().docGeneration;
  const binding = cell(bound.binding);
  const peers = cell(bound.peers);
  const follow = cell(bound.follow);

  const stopRoom = room.subscribe(() => {
    const before = snapshot.get();
    const next = room.getSnapshot();
    const firstWelcome = before.you === null && next.you !== null;
    snapshot.set(next);
    if (firstWelcome) peers.get().refresh();
    if (firstWelcome && !colorChosen) style.set({ ...style.get(), color: ownColor() });
    if (next.docGeneration !== generation) {
      generation = next.docGeneration;
      bound.close();
      for (const { live } of [one, two]) live.set(nothingLive);
      bound = bind();
      binding.set(bound.binding);
      peers.set(bound.peers);
      follow.set(bound.follow);
      bump();
    }
    if (!next.rights.draw && writes(tool.get())) {
      for (const { drawing } of [first, second]) if (drawing.isDrawing()) drawing.cancel();
      tool.set("pan");
    }
  });
  style.subscribe(() => {
    colorChosen = style.get().color !== ownColor();
  });

  const context: PanelContext = {
    snapshot,
    binding,
    peers,
    follow,
    tool,
    style,
    version,
    you,
    canDraw,
    mayChange,
  };
  let clock: ServerClock | null = null;
  const video: VideoParts = {
    // Asked for by the first video: most conversations have none.
    now() {
      if (played) return played.now();
      clock ??= openRoomClock(room);
      return clock.now();
    },
    pace: () => played?.pace() ?? 1,
    isShown: (id) => [one, two].some(({ item }) => item.get()?.id === id),
  };
  const first = createPane(context, one, video);
  const second = createPane(context, two, video);
  const active = cell(first);
  const comparing = createComparing(context, { first, second, active });
  const takingOff = createTakingOff({
    binding,
    snapshot,
    request: (request) => room.request(request),
    silent: played !== null,
  });
  const isOver = () => follow.get().comparison.get()?.mode === "over";

  /** What one draws on follows the opacity, but never in the middle of a mark. */
  function onComparison(): void {
    bump();
    const comparison = follow.get().comparison.get();
    if (!comparison) active.set(first);
    const busy = active.get().drawing.isDrawing() || active.get().label.get() !== null;
    if (comparison?.mode === "over" && !busy) active.set(drawnOver(comparison, first, second));
  }

  const stops = [
    linkPanes(one, two, follow),
    follow.subscribe(onComparison),
    tool.subscribe(() => {
      for (const { drawing, live, crosshair } of [first, second]) {
        if (drawing.isDrawing()) drawing.cancel();
        else if (tool.get() !== "pan") live.set(nothingLive);
        crosshair.set(null);
      }
      // Who takes a pen in hand means the picture that is seen now.
      if (writes(tool.get()) && canDraw()) active.get().playing.momentToDraw();
    }),
    active.subscribe(() => {
      const other = active.get() === first ? second : first;
      other.selecting.select(null);
      other.crosshair.set(null);
    }),
    ...[one, two].map(({ item, live, label, crosshair }) =>
      item.subscribe(() => {
        live.set(nothingLive);
        label.set(null);
        crosshair.set(null);
        bump();
      }),
    ),
  ];

  onComparison();

  return {
    ...context,
    first,
    second,
    active,
    comparing,
    takingOff,
    isFilm: played !== null,
    drawnIn(pane) {
      if (!isOver()) return pane;
      onComparison();
      return active.get();
    },
    movedWith: (pane) => (isOver() ? first : pane),
    onMarks(listener) {
      markListeners.add(listener);
      return () => void markListeners.delete(listener);
    },
    close() {
      stopRoom();
      takingOff.close();
      for (const stop of stops) stop();
      bound.close();
      first.close();
      second.close();
      clock?.close();
    },
  };
}
