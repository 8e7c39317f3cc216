/**
 * A conversation that was, as the panel and the chat see a room: read only, and standing at one moment. Going on adds to
 * its document; going back replaces it, as after a refused write (`docGeneration`).
 */
import { Awareness } from "y-protocols/awareness";
import { Doc } from "yjs";
import { countUntil } from "@/lib/insights/replay/film/film-markers";
import type { PanelTrack } from "@/lib/insights/replay/film/panel-track";
import { AppError } from "@/lib/protocol/errors";
import type { Film } from "@/lib/protocol/film";
import { noRights } from "@/lib/protocol/roles";
import type { Room, RoomMessage, RoomSnapshot } from "@/lib/sync/client/room";

export interface FilmRoom extends Room {
  /** Stands at this moment, milliseconds since 1970. */
  seek(at: number): void;
}

export function openFilmRoom(film: Film, messages: readonly RoomMessage[], track: PanelTrack): FilmRoom {
  const cursor = track.open();
  // What people pointed at was never stored: nobody is there.
  const nobody = new Awareness(new Doc());
  const listeners = new Set<() => void>();
  let snapshot: RoomSnapshot = {
    connection: "online",
    synced: true,
    unsaved: false,
    saving: true,
    you: null,
    rights: noRights,
    room: {
      conversationId: film.conversationId,
      status: "closed",
      drawingLocked: false,
      participants: film.people.map((person) => ({ ...person, online: false })),
      mirror: { allowed: false, phase: "idle", proposedBy: null },
    },
    basket: { changes: 0, lines: [] },
    messages: [],
    hasEarlier: false,
    receipts: [],
    typing: [],
    docGeneration: 0,
    lastRefusal: null,
  };

  const nothing = () => undefined;
  const refuse = () => Promise.reject(new AppError("conversation_closed", "this is a film"));
  return {
    get doc() {
      return cursor.doc;
    },
    awareness: nobody,
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    seek(at) {
      const replaced = cursor.seek(track.countAt(at));
      const said = countUntil(messages, at);
      if (!replaced && said === snapshot.messages.length) return;
      snapshot = {
        ...snapshot,
        messages: said === snapshot.messages.length ? snapshot.messages : messages.slice(0, said),
        docGeneration: snapshot.docGeneration + (replaced ? 1 : 0),
      };
      for (const listener of [...listeners]) listener();
    },
    sendText: nothing,
    retry: nothing,
    discard: nothing,
    setTyping: nothing,
    markSeen: nothing,
    loadEarlier: nothing,
    request: refuse,
    askServerTime: refuse,
    close() {
      nobody.destroy();
      cursor.close();
    },
  };
}
