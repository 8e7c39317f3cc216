/**
 * A room's other nodes: tells them what its own members do, takes what theirs do, and brings both to the same after a
 * lost connection. Every node checks its own clients; what comes from here was checked there.
 */
import type { ParticipantId } from "@/lib/protocol/ids";
import { type PresenceRecord, updateFrame } from "./outgoing";
import { PeerPresence } from "./peer-presence";
import type { Fanout, NodeId, PeerPerson, RoomLine, RoomMessage } from "./ports";
import type { RoomChat } from "./room-chat";
import type { AppliedChange, RoomDocument } from "./room-document";
import type { RoomFacts } from "./room-facts";

export interface RoomPeersOptions {
  readonly fanout: Fanout;
  readonly conversationId: Parameters<Fanout["join"]>[0];
  readonly document: RoomDocument;
  readonly chat: RoomChat;
  readonly facts: RoomFacts;
  /** Everybody who is connected to this node, with their presence. */
  readonly presence: () => readonly PresenceRecord[];
  readonly tellMembers: (frame: Uint8Array) => void;
  readonly showMembers: (record: PresenceRecord) => void;
  /** The document changed from elsewhere: something may lie on an item that is not there any more. */
  readonly tidy: () => void;
  /** Others came or went elsewhere. */
  readonly onPeople: () => void;
  /** We may have missed what changed in the database. */
  readonly onMissed: () => void;
  /** A node ended with what it had not stored yet. */
  readonly onNodeLost: () => void;
}

export class RoomPeers {
  private readonly line: RoomLine;
  private readonly presence = new PeerPresence();
  private readonly people = new Map<NodeId, readonly PeerPerson[]>();
  /** Whose strokes came from other nodes, and may not be stored there yet. */
  private readonly authors = new Set<ParticipantId>();

  constructor(private readonly options: RoomPeersOptions) {
    this.line = options.fanout.join(options.conversationId, {
      onMessage: (from, message) => this.take(from, message),
      onConnected: () => this.connected(),
      onNodeGone: (node) => this.lost(node),
    });
    this.ask();
  }

  /** Everybody who is connected elsewhere, or just was. */
  everybody(): PeerPerson[] {
    return [...this.people.values()].flat();
  }

  presences(): PresenceRecord[] {
    return this.presence.all();
  }

  changed({ update, clients }: AppliedChange, by: ParticipantId | null): void {
    this.line.send({ kind: "update", by, clients, update });
  }

  present(by: ParticipantId, records: readonly PresenceRecord[]): void {
    this.line.send({ kind: "presence", by, records });
  }

  said(update: Extract<RoomMessage, { kind: "chat" }>["update"]): void {
    this.line.send({ kind: "chat", update });
  }

  /** Somebody came or went here. */
  tellPeople(): void {
    this.line.send({ kind: "people", people: this.options.facts.people() });
  }

  /**
   * Whether strokes of hers came from other nodes since this was asked last: she changed nodes, and the old one may have
   * ended without storing them.
   */
  takeAuthor(participantId: ParticipantId): boolean {
    return this.authors.delete(participantId);
  }

  leave(): void {
    this.line.leave();
  }

  private take(from: NodeId, message: RoomMessage): void {
    const { document, chat, facts } = this.options;
    switch (message.kind) {
      case "update": {
        const taken = document.applyOfPeer(message.update, message.clients, message.by);
        this.options.tellMembers(updateFrame(message.update));
        facts.seen(taken.facts);
        if (message.by !== null) this.authors.add(message.by);
        this.options.tidy();
        if (!taken.whole) this.ask();
        break;
      }
      case "presence":
        this.takePresence(this.presence.apply(from, message.records), message.by);
        break;
      case "chat":
        chat.heard(message.update);
        break;
      case "people":
        this.setPeople(from, message.people);
        break;
      case "ask":
        chat.heardOf(message.newest);
        this.answer(from, message.stateVector, document.stateVector());
        break;
      case "answer":
        chat.heardOf(message.newest);
        this.takeAnswer(message.update, message.owners);
        if (message.stateVector !== null) this.answer(from, message.stateVector, null);
        break;
      case "leave":
        this.forget(from);
        break;
    }
  }

  private ask(): void {
    this.line.ask(this.options.document.stateVector(), this.options.chat.newest);
  }

  /** Everything that the other needs to know of us. @param ours where given, the other shall answer in turn */
  private answer(to: NodeId, stateVector: Uint8Array, ours: Uint8Array | null): void {
    const { document, chat, facts } = this.options;
    const update = document.missingFor(stateVector);
    const owners = document.allOwners();
    this.line.sendTo(to, { kind: "answer", update, owners, stateVector: ours, newest: chat.newest });
    this.line.sendTo(to, { kind: "chat", update: chat.allReceipts() });
    this.line.sendTo(to, { kind: "people", people: facts.people() });
    this.tellPresence(to);
  }

  private takeAnswer(update: Uint8Array, owners: ReadonlyMap<number, ParticipantId>): void {
    const taken = this.options.document.applyState(update, owners);
    if (taken.update.length > 0) {
      this.options.tellMembers(updateFrame(taken.update));
      for (const owner of owners.values()) this.authors.add(owner);
      this.options.tidy();
    }
    this.options.facts.seen(taken.facts);
  }

  private takePresence(news: readonly PresenceRecord[], by: ParticipantId | null): void {
    if (news.length === 0) return;
    const { document, showMembers } = this.options;
    if (by !== null) for (const { clientId } of news) document.claimForPeer(clientId, by);
    for (const record of news) showMembers(record);
  }

  private tellPresence(to: NodeId): void {
    const records = this.options.presence();
    const owners = this.options.document.allOwners();
    for (const record of records) {
      const by = owners.get(record.clientId);
      if (by !== undefined) this.line.sendTo(to, { kind: "presence", by, records: [record] });
    }
  }

  private setPeople(from: NodeId, people: readonly PeerPerson[]): void {
    this.people.set(from, people);
    this.options.facts.elsewhere();
    this.options.onPeople();
  }

  private connected(): void {
    this.ask();
    this.tellPeople();
    this.options.chat.catchUp();
    this.options.onMissed();
  }

  private lost(node: NodeId): void {
    const people = this.people.get(node) ?? [];
    // The first by name of those that are left tells what became of its people; all of them keep its strokes.
    const isFirst = this.line.holders().every((other) => this.line.nodeId < other);
    this.forget(node);
    if (isFirst) this.options.facts.takeOver(people);
    // It may have stored messages that it told nobody of.
    this.options.chat.catchUp();
    this.options.onNodeLost();
  }

  private forget(node: NodeId): void {
    this.people.delete(node);
    this.takePresence(this.presence.drop(node), null);
    this.options.onPeople();
  }
}
