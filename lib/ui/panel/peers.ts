/** Presence: what the others do right now, read and parsed; what we do, sent at most thirty times a second. */
import type { Awareness } from "y-protocols/awareness";
import type { Mark } from "@/lib/panel/mark";
import { fromDraft, PRESENCE_INTERVAL_MS, readPresence } from "@/lib/panel/presence";
import type { ItemId, ParticipantId } from "@/lib/protocol/ids";
import type { Draft, Pointer, View } from "@/lib/protocol/presence";
import { type Cell, cell } from "./cell";
import type { PaneSide } from "./pane-state";

export interface Peer {
  readonly client: number;
  readonly participantId: ParticipantId;
  readonly view: View | null;
  /** On the second of two pictures side by side. */
  readonly beside: View | null;
  readonly pointer: Pointer | null;
  readonly draft: Mark | null;
}

export interface Peers {
  /** Everybody else in the room, also our own other windows. */
  readonly others: Cell<readonly Peer[]>;
  /** Our own pointer, as told. */
  readonly pointer: Cell<Pointer | null>;
  /** Our own client's number, and the view we last told of a pane. */
  readonly client: number;
  own(side: PaneSide): View | null;
  tellView(side: PaneSide, view: View | null): void;
  tellPointer(pointer: Pointer | null): void;
  /** @param draft made only when it is sent: pens move more often than that. */
  tellDraft(draft: (() => Draft) | null): void;
  /** Tells everything again: we have just learned who we are. */
  refresh(): void;
  close(): void;
}

interface Own {
  view?: View;
  beside?: View | null;
  pointer?: Pointer | null;
  draft?: (() => Draft) | null;
}

/** Where somebody looks on an item, in whichever of their panes. */
export function viewOn(peer: Peer, item: ItemId | undefined): View | null {
  return [peer.view, peer.beside].find((view) => view && view.item === item) ?? null;
}

/** @param you null until the server has said who we are: nothing is told before. */
export function openPeers(awareness: Awareness, you: () => ParticipantId | null): Peers {
  const others = cell<readonly Peer[]>([]);
  const pointer = cell<Pointer | null>(null);
  const own: Own = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSent = 0;

  function send(): void {
    timer = undefined;
    const participantId = you();
    if (participantId === null) return;
    lastSent = performance.now();
    const { draft, ...rest } = own;
    awareness.setLocalState({ participantId, ...rest, draft: draft?.() ?? null });
  }

  function soon(): void {
    if (timer !== undefined) return;
    const wait = PRESENCE_INTERVAL_MS - (performance.now() - lastSent);
    if (wait <= 0) send();
    else timer = setTimeout(send, wait);
  }

  function now(): void {
    clearTimeout(timer);
    send();
  }

  function read(): void {
    const peers: Peer[] = [];
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID) continue;
      const presence = readPresence(state);
      if (!presence) continue;
      peers.push({
        client,
        participantId: presence.participantId,
        view: presence.view ?? null,
        beside: presence.beside ?? null,
        pointer: presence.pointer ?? null,
        draft: presence.draft ? fromDraft(presence.draft, presence.participantId) : null,
      });
    }
    others.set(peers);
  }
  const onChange = (_: unknown, origin: unknown) => {
    if (origin !== "local") read();
  };
  awareness.on("change", onChange);
  read();

  return {
    others,
    pointer,
    client: awareness.clientID,
    own: (side) => (side === "first" ? own.view : own.beside) ?? null,
    tellView(side, view) {
      if (side === "second") {
        if (view === null && !own.beside) return;
        own.beside = view;
      } else if (view) own.view = view;
      soon();
    },
    tellPointer(next) {
      if (next === null && !own.pointer) return;
      own.pointer = next;
      pointer.set(next);
      soon();
    },
    tellDraft(draft) {
      if (draft === null && !own.draft) return;
      own.draft = draft;
      // The end of a draft goes out with its mark, or the others would see both.
      if (draft === null) now();
      else soon();
    },
    refresh: soon,
    close() {
      clearTimeout(timer);
      awareness.off("change", onChange);
      others.set([]);
    },
  };
}
