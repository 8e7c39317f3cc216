/**
 * One live conversation: its document, chat, presence and the connections in it. It decides rights, relays at once
 * what it lets store behind, and tells everybody what changed. It knows neither sockets nor tokens.
 */
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import type { RoomState } from "@/lib/protocol/control";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { ConversationId, ItemId, ParticipantId } from "@/lib/protocol/ids";
import { MAX_PARTICIPANTS } from "@/lib/protocol/limits";
import { type Rights, rightsOf } from "@/lib/protocol/roles";
import { alone } from "./alone";
import { CatchUp } from "./catch-up";
import type { PresenceEntry } from "./frame";
import type { JournalLane } from "./journal-lane";
import type { JournalQueue } from "./journal-queue";
import { KeepForOthers } from "./keep-for-others";
import type { Member } from "./member";
import type { SyncOptions } from "./options";
import {
  chatFrame,
  controlFrame,
  type PresenceRecord,
  presenceFrame,
  stateVectorFrame,
  updateFrame,
} from "./outgoing";
import type { OwnPart } from "./own-structs";
import type { ConversationState, SyncPorts } from "./ports";
import { PresenceTable } from "./presence-table";
import { RoomChat } from "./room-chat";
import type { AppliedChange, RoomDocument } from "./room-document";
import { RoomFacts } from "./room-facts";
import { RoomPeers } from "./room-peers";
import { mergeStored } from "./stored-panel";

interface Shared {
  readonly journal: JournalQueue;
  readonly record: SyncPorts["recordEvents"];
}

export class Room {
  readonly members = new Set<Member>();
  readonly chat: RoomChat;
  readonly facts: RoomFacts;
  readonly writer: JournalLane;
  private readonly catchUp: CatchUp;
  private readonly presence = new PresenceTable();
  private readonly peers: RoomPeers;
  private readonly keeper: KeepForOthers;
  private readonly setAside = new Set<Member>();
  private updatesSinceCompaction = 0;
  private readOnly = false;

  constructor(
    private conversation: ConversationState,
    readonly document: RoomDocument,
    readonly ports: SyncPorts,
    /** All rooms of the process write through these. */
    shared: Shared,
    private readonly options: SyncOptions,
    /** The room cannot go on with this document. */
    private readonly onBroken: () => void,
  ) {
    const { conversationId, shopId } = conversation;
    const onChanged = () => ports.conversationChanged?.(shopId, conversationId);
    this.chat = new RoomChat({
      conversationId,
      store: ports.chat,
      broadcast: (update) => this.broadcast(chatFrame(update)),
      tellPeers: (update) => this.peers.said(update),
      onChanged,
      typingMs: options.typingMs,
    });
    this.facts = new RoomFacts({
      conversation: () => this.conversation,
      record: (events) => {
        const shown = events.some((event) => event.type === "item_shown");
        shared.record(events).then(
          () => shown && onChanged(),
          (error) => this.log("events were not recorded", error),
        );
      },
      productOf: (itemId: ItemId) => document.findItem(itemId)?.productId ?? null,
      peers: () => this.peers.everybody(),
      onPeople: () => this.peers.tellPeople(),
      leaveGraceMs: options.leaveGraceMs,
      factWindowMs: options.factWindowMs,
      now: options.now,
    });
    this.writer = shared.journal.open({
      conversationId,
      onSaving: (ok) => this.savingChanged(ok),
      onGone: () => this.closeAll(closeCodes.notFound),
      onError: (message, error) => this.log(message, error),
      maxUnsavedBytes: options.maxUnsavedBytes,
    });
    this.catchUp = new CatchUp(options.askAgainMs, (member) => this.askForMissing(member));
    this.keeper = new KeepForOthers({
      conversationId,
      document,
      journal: ports.journal,
      writer: this.writer,
      now: options.now,
      retryMs: options.retryMaxMs,
      log: (message, error) => this.log(message, error),
    });
    this.peers = new RoomPeers({
      fanout: ports.fanout ?? alone,
      conversationId,
      document,
      chat: this.chat,
      facts: this.facts,
      presence: () => this.presence.all(),
      tellMembers: (frame) => this.broadcast(frame),
      showMembers: (record) => this.show(record),
      tidy: () => this.tidy(),
      onPeople: () => this.peopleChanged(),
      onMissed: () => this.readAgain(),
      onNodeLost: () => this.keeper.start(),
    });
  }

  get conversationId(): ConversationId {
    return this.conversation.conversationId;
  }

  get shopId() {
    return this.conversation.shopId;
  }

  get closed(): boolean {
    return this.conversation.status === "closed";
  }

  /** What the member may do by role, status and lock. */
  rightsByRole(member: Member): Rights {
    return rightsOf(member.claims.role, {
      closed: this.closed,
      drawingLocked: this.conversation.drawingLocked,
    });
  }

  /** What the member may do right now: nothing that changes the panel while it cannot be stored. */
  rightsOf(member: Member): Rights {
    const rights = this.rightsByRole(member);
    return this.readOnly ? { ...rights, draw: false, show: false } : rights;
  }

  /** Whether a change of this size can be held until it is stored. */
  canHold(bytes: number): boolean {
    return !this.readOnly && this.writer.accepts(bytes);
  }

  /** Why a participant without the right to draw may not: the word for the refusal. */
  refusalOf(member: Member): ErrorCode {
    if (this.closed) return "conversation_closed";
    return member.claims.role === "customer" ? "drawing_locked" : "forbidden";
  }

  /** @returns why not, or null: the member is in, and has been told everything but the document. */
  async join(member: Member): Promise<CloseCode | null> {
    const refused = this.refusesEntry(member);
    if (refused !== null) return refused;
    if (
      !this.conversation.participants.some((known) => known.participantId === member.claims.participantId)
    ) {
      await this.refresh();
    }
    let late: CloseCode | null = null;
    await this.chat.welcome((updates) => {
      late = this.refusesEntry(member);
      if (late !== null) return;
      this.members.add(member);
      this.facts.joined(member.claims);
      const you = member.claims.participantId;
      member.send(controlFrame({ type: "welcome", you, rights: this.rightsOf(member), room: this.state() }));
      for (const update of updates) member.send(chatFrame(update));
      if (this.writer.failing) member.send(controlFrame({ type: "saving", ok: false }));
      this.sendPresence(member);
      this.askForMissing(member);
      this.tellState(member);
    });
    return late;
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return;
    this.setAside.delete(member);
    this.catchUp.leave(member);
    const gone = this.presence.remove(member);
    const { participantId } = member.claims;
    if (gone.length > 0) {
      for (const record of gone) this.show(record);
      this.peers.present(participantId, gone);
    }
    if (this.isHere(participantId)) return;
    this.chat.setTyping(participantId, false);
    this.facts.left(participantId);
    this.tellState();
  }

  setPresence(member: Member, entries: readonly PresenceEntry[]): void {
    const { participantId } = member.claims;
    const taken = this.presence.apply(member, member.claims, entries, (id) =>
      this.document.mayClaim(id, participantId),
    );
    if (taken.length === 0) return;
    for (const { clientId } of taken) this.document.claim(clientId, participantId);
    for (const record of taken) this.show(record, member);
    this.peers.present(participantId, taken);
  }

  sendPresence(member: Member): void {
    member.send(presenceFrame([...this.peers.presences(), ...this.presence.all()]));
  }

  /** What the member may bring of its answer to our state vector. @throws MalformedFrame */
  ownPart(member: Member, update: Uint8Array): OwnPart {
    return this.document.ownPart(update, member.claims.participantId, this.presence.idOf(member));
  }

  /** The member answered our state vector; if not everything of it could be taken, it is asked again. */
  answered(member: Member, whole: boolean): void {
    this.catchUp.answered(member, whole);
  }

  /** Resolves when everything that the member has sent so far is stored. */
  async confirm(member: Member): Promise<void> {
    if (this.peers.takeAuthor(member.claims.participantId)) this.keeper.start();
    do {
      await this.keeper.idle();
      await new Promise<void>((resolve) => this.catchUp.whenTaken(member, resolve));
      await new Promise<void>((resolve) => this.writer.after(resolve));
    } while (this.catchUp.isBehind(member));
  }

  /**
   * Relays a change that the document already has to everybody but `from`, and stores it behind. The server's own
   * changes (no `from`) are stored first: after a crash nobody could bring them back.
   */
  store(change: AppliedChange, by: ParticipantId | null, from: Member | null, stored?: () => void): void {
    if (change.update.length === 0) {
      this.writer.after(() => stored?.());
      return;
    }
    if (from) this.relay(change, by, from);
    this.writer.push({ participantId: by, at: this.options.now(), update: change.update }, () => {
      if (!from) this.relay(change, by, null);
      this.facts.document(change.facts, by);
      stored?.();
      this.compactWhenLong();
    });
  }

  /** Takes back what was drawn on something that is not there any more. */
  tidy(): void {
    const change = this.document.tidy();
    if (change.update.length > 0) this.store(change, null, null);
  }

  /** There is no room to hold this until it is stored: the panel becomes read-only, and is asked for it later. */
  putAside(member: Member): void {
    this.catchUp.missed(member);
    this.setAside.add(member);
    if (this.readOnly) return;
    this.readOnly = true;
    this.tellState();
    this.writer.whenRoom(() => this.resume());
  }

  /** Reads status, lock and participants again and tells everybody. */
  async refresh(): Promise<void> {
    const conversation = await this.ports.authorize.findConversation(this.conversationId);
    if (conversation === null) {
      this.closeAll(closeCodes.notFound);
      return;
    }
    this.conversation = conversation;
    this.tellState();
  }

  /** Resolves when everything that this room has to store is stored. */
  async settled(): Promise<void> {
    await this.keeper.idle();
    await this.writer.idle();
  }

  closeAll(code: CloseCode): void {
    for (const member of [...this.members]) member.close(code);
  }

  /** The document threw while it changed: everybody reconnects to a room loaded from what is stored. */
  break(error: unknown): void {
    this.log("the document broke and is loaded again", error);
    this.onBroken();
    this.dispose();
    this.closeAll(closeCodes.restarting);
  }

  async compact(): Promise<void> {
    this.updatesSinceCompaction = 0;
    await this.ports.journal.compact(this.conversationId, mergeStored);
  }

  /** Ends timers and listeners; the members are the caller's. */
  dispose(): void {
    this.facts.flush();
    this.chat.close();
    this.keeper.stop();
    this.writer.close();
    this.peers.leave();
    this.document.destroy();
  }

  log(message: string, error: unknown): void {
    const detail = {
      conversationId: this.conversationId,
      error: error instanceof Error ? error.message : "",
    };
    this.ports.log?.("error", message, detail);
  }

  private relay(change: AppliedChange, by: ParticipantId | null, from: Member | null): void {
    this.broadcast(updateFrame(change.update), from);
    this.peers.changed(change, by);
  }

  private show(record: PresenceRecord, except: Member | null = null): void {
    const frame = presenceFrame([record]);
    for (const member of this.members) {
      if (member === except) continue;
      if (record.state !== "null") member.show(record.clientId, frame);
      else {
        member.forget(record.clientId);
        member.send(frame);
      }
    }
  }

  private broadcast(frame: Uint8Array, except: Member | null = null): void {
    for (const member of this.members) if (member !== except) member.send(frame);
  }

  private tellState(except: Member | null = null): void {
    const room = this.state();
    for (const member of this.members) {
      if (member !== except) member.send(controlFrame({ type: "room", rights: this.rightsOf(member), room }));
    }
  }

  private state(): RoomState {
    const { conversationId, status, drawingLocked, participants } = this.conversation;
    const online = this.online();
    return {
      conversationId,
      status,
      drawingLocked,
      participants: participants.map((known) => ({ ...known, online: online.has(known.participantId) })),
    };
  }

  private isHere(participantId: ParticipantId): boolean {
    return [...this.members].some((member) => member.claims.participantId === participantId);
  }

  /** Here or on another node. */
  private online(): ReadonlySet<ParticipantId> {
    const elsewhere = this.peers.everybody().filter(({ online }) => online);
    const here = [...this.members].map((member) => member.claims);
    return new Set([...here, ...elsewhere].map(({ participantId }) => participantId));
  }

  private refusesEntry(member: Member): CloseCode | null {
    const { participantId } = member.claims;
    const own = [...this.members].filter((other) => other.claims.participantId === participantId).length;
    if (own >= this.options.maxConnectionsPerParticipant) return closeCodes.full;
    return own === 0 && this.online().size >= MAX_PARTICIPANTS ? closeCodes.full : null;
  }

  private peopleChanged(): void {
    const known = new Set(this.conversation.participants.map(({ participantId }) => participantId));
    if ([...this.online()].every((participantId) => known.has(participantId))) this.tellState();
    else this.readAgain();
  }

  private readAgain(): void {
    this.refresh().catch((error) => this.log("the room was not read again", error));
  }

  private savingChanged(ok: boolean): void {
    this.broadcast(controlFrame({ type: "saving", ok }));
  }

  private resume(): void {
    this.readOnly = false;
    this.tellState();
    for (const member of this.setAside) this.askForMissing(member);
    this.setAside.clear();
  }

  private askForMissing(member: Member): void {
    member.send(stateVectorFrame(this.document.stateVector()));
  }

  private compactWhenLong(): void {
    if (++this.updatesSinceCompaction < this.options.compactAfterUpdates) return;
    this.compact().catch((error) => this.log("the journal was not compacted", error));
  }
}
