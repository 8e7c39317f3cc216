/**
 * Rooms without a server: real documents and presence, joined inside one page. The line between them can be cut and
 * joined again, and each arrival of bytes is told, so that tests can measure from there. Of what only the server does,
 * items are taken off the panel and put back.
 */
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import * as Y from "yjs";
import { putBack, type TakenOff, takeOff } from "@/lib/panel/taken-off";
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { type ParticipantRole, rightsOf } from "@/lib/protocol/roles";
import type { Room, RoomRequest, RoomSnapshot } from "@/lib/sync/client/room";

/** What the rooms' clock shows when the page is opened, milliseconds since 1970: far from the machine's. */
const SERVER_EPOCH = 1_000_000_000_000;
export const serverTime = (): number => SERVER_EPOCH + performance.now();

export interface Person {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly color: number;
}

export interface LocalRoom extends Room {
  readonly requests: RoomRequest[];
  setOnline(online: boolean): void;
  setLocked(locked: boolean): void;
  /** As after a refused write: a new document with what the others have. */
  replaceDocument(): void;
  onArrival(listener: () => void): void;
}

interface End {
  readonly person: Person;
  doc: Y.Doc;
  awareness: Awareness;
  online: boolean;
  locked: boolean;
  generation: number;
  arrival: () => void;
  notify: () => void;
}

export function openLocalRooms(conversationId: ConversationId, people: readonly Person[]): LocalRoom[] {
  const ends: End[] = people.map((person) => {
    const doc = new Y.Doc();
    const idle = () => undefined;
    return {
      person,
      doc,
      awareness: new Awareness(doc),
      online: true,
      locked: false,
      generation: 0,
      arrival: idle,
      notify: idle,
    };
  });

  function wire(end: End): void {
    const { doc, awareness } = end;
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "line" || !end.online || end.doc !== doc) return;
      for (const other of ends)
        if (other !== end && other.online) deliver(other, () => Y.applyUpdate(other.doc, update, "line"));
    });
    awareness.on(
      "update",
      (change: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
        if (origin === "line" || !end.online || end.awareness !== awareness) return;
        const bytes = encodeAwarenessUpdate(awareness, [
          ...change.added,
          ...change.updated,
          ...change.removed,
        ]);
        for (const other of ends) {
          if (other !== end && other.online)
            deliver(other, () => applyAwarenessUpdate(other.awareness, bytes, "line"));
        }
      },
    );
  }

  function deliver(end: End, apply: () => void): void {
    setTimeout(() => {
      if (!end.online) return;
      end.arrival();
      apply();
    });
  }

  const server = { name: "server" };
  const kept = new Map<string, TakenOff>();

  /** In a document of its own, as the server does it; reaches whoever asked like everybody else. */
  function carryOut(end: End, request: RoomRequest): void {
    if (request.type !== "remove-item" && request.type !== "restore-item") return;
    if (!end.online) throw new AppError("unavailable");
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(end.doc));
    const before = Y.encodeStateVector(doc);
    const taken =
      request.type === "remove-item"
        ? takeOff(doc, server, request.itemId, serverTime())
        : kept.get(request.itemId);
    if (!taken) throw new AppError("not_found");
    if (request.type === "remove-item") kept.set(taken.id, taken);
    else putBack(doc, server, taken);
    const update = Y.encodeStateAsUpdate(doc, before);
    for (const each of ends) if (each.online) deliver(each, () => Y.applyUpdate(each.doc, update, "line"));
  }

  for (const end of ends) wire(end);
  return ends.map((end) => roomOf(conversationId, end, ends, { wire, carryOut }));
}

function roomOf(
  conversationId: ConversationId,
  end: End,
  ends: readonly End[],
  line: {
    readonly wire: (end: End) => void;
    readonly carryOut: (end: End, request: RoomRequest) => void;
  },
): LocalRoom {
  const listeners = new Set<() => void>();
  const requests: RoomRequest[] = [];
  let snapshot = make();
  end.notify = () => {
    snapshot = make();
    for (const listener of listeners) listener();
  };

  function make(): RoomSnapshot {
    return {
      connection: end.online ? "online" : "offline",
      synced: end.online,
      saving: true,
      unsaved: false,
      you: end.person.participantId,
      rights: rightsOf(end.person.role, { closed: false, drawingLocked: end.locked }),
      room: {
        conversationId,
        status: "open",
        drawingLocked: end.locked,
        participants: ends.map(({ person, online }) => ({ ...person, online })),
        mirror: { allowed: false, phase: "idle", proposedBy: null },
      },
      basket: { changes: 0, lines: [] },
      messages: [],
      hasEarlier: false,
      receipts: [],
      typing: [],
      docGeneration: end.generation,
      lastRefusal: end.generation > 0 ? { code: "drawing_locked", count: end.generation } : null,
    };
  }
  const nothing = () => undefined;
  return {
    get doc() {
      return end.doc;
    },
    get awareness() {
      return end.awareness;
    },
    requests,
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sendText: nothing,
    retry: nothing,
    discard: nothing,
    setTyping: nothing,
    markSeen: nothing,
    loadEarlier: nothing,
    async request(request) {
      requests.push(request);
      line.carryOut(end, request);
    },
    // As wrong a clock as any: nobody may have asked the browser instead.
    askServerTime: async () => serverTime(),
    close: nothing,
    setOnline(online) {
      end.online = online;
      if (online) join(end, ends);
      else
        for (const other of ends)
          if (other !== end) removeAwarenessStates(other.awareness, [end.awareness.clientID], "line");
      end.notify();
    },
    setLocked(locked) {
      end.locked = locked;
      end.notify();
    },
    replaceDocument() {
      end.doc = new Y.Doc();
      end.awareness = new Awareness(end.doc);
      line.wire(end);
      const other = ends.find((candidate) => candidate !== end);
      if (other) Y.applyUpdate(end.doc, Y.encodeStateAsUpdate(other.doc), "line");
      end.generation += 1;
      end.notify();
    },
    onArrival(listener) {
      end.arrival = listener;
    },
  };
}

function join(end: End, ends: readonly End[]): void {
  for (const other of ends) {
    if (other === end || !other.online) continue;
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(end.doc), "line");
    Y.applyUpdate(end.doc, Y.encodeStateAsUpdate(other.doc), "line");
    const states = [...end.awareness.getStates().keys()];
    applyAwarenessUpdate(other.awareness, encodeAwarenessUpdate(end.awareness, states), "line");
    applyAwarenessUpdate(
      end.awareness,
      encodeAwarenessUpdate(other.awareness, [...other.awareness.getStates().keys()]),
      "line",
    );
  }
}
