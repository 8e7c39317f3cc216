/** Puts the panel's parts together for one room, and binds them again when the room's document is replaced. */

import type { Mark } from "@/lib/panel/mark";
import { paletteEntry } from "@/lib/panel/palette";
import type { Room } from "@/lib/sync/client/room";
import { createCameraControl } from "./camera-control";
import { type Cell, cell } from "./cell";
import { bindDocument, type DocumentBinding } from "./document-binding";
import { createDrawing, type Drawing } from "./drawing";
import { createFollow, type Follow } from "./follow";
import type { MarkChanges } from "./mark-store";
import { type LabelEdit, type Live, nothingLive, type PanelContext, type Style } from "./panel-context";
import { openPeers, type Peers } from "./peers";
import { rememberedWidth } from "./remembered";
import { createSelecting, type Selecting } from "./selecting";
import { type Tool, writes } from "./tools";

export interface Panel extends PanelContext {
  readonly drawing: Drawing;
  readonly selecting: Selecting;
  /** Changes of marks in whichever document is bound. */
  onMarks(listener: (changes: MarkChanges) => void): () => void;
  close(): void;
}

const none: readonly Mark[] = [];

export function createPanel(room: Room): Panel {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const camera = createCameraControl(calm);
  const snapshot = cell(room.getSnapshot());
  const together = cell(true);
  const tool = cell<Tool>("pan");
  const live = cell<Live>(nothingLive);
  const label = cell<LabelEdit | null>(null);
  const version = cell(0);
  const you = () => snapshot.get().you;
  const canDraw = () => snapshot.get().rights.draw && follow.get().item.get() !== null;
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
      camera,
      together,
      canWrite: () => snapshot.get().rights.draw,
    });
    const stops = [
      binding.marks.onChange((changes) => {
        refreshSelected(binding);
        for (const listener of markListeners) listener(changes);
        bump();
      }),
      following.item.subscribe(() => {
        live.set(nothingLive);
        label.set(null);
        crosshair.set(null);
        bump();
      }),
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
    const { selected } = live.get();
    if (!selected) return;
    const current = from.marks.get(selected.id);
    live.set(current ? { ...live.get(), selected: current } : nothingLive);
  }

  const crosshair = cell<PanelContext["crosshair"] extends Cell<infer T> ? T : never>(null);
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
      live.set(nothingLive);
      bound = bind();
      binding.set(bound.binding);
      peers.set(bound.peers);
      follow.set(bound.follow);
      bump();
    }
    if (!next.rights.draw && writes(tool.get())) {
      if (live.get().draft) drawing.cancel();
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
    camera,
    tool,
    style,
    live,
    label,
    crosshair,
    version,
    you,
    canDraw,
    mayChange,
    marks() {
      const item = follow.get().item.get();
      return item ? binding.get().marks.of(item.id) : none;
    },
  };
  const drawing = createDrawing(context);
  const selecting = createSelecting(context);
  const stopTool = tool.subscribe(() => {
    if (drawing.isDrawing()) drawing.cancel();
    else if (tool.get() !== "pan") live.set(nothingLive);
    crosshair.set(null);
  });

  return {
    ...context,
    drawing,
    selecting,
    onMarks(listener) {
      markListeners.add(listener);
      return () => void markListeners.delete(listener);
    },
    close() {
      stopRoom();
      stopTool();
      bound.close();
      camera.close();
    },
  };
}
