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
import type { PresenceEntry } from "./frame";
import { heardBy } from "./heard-by";
import type { JournalQueue } from "./journal-queue";
import type { Member } from "./member";
import type { SyncOptions } from "./options";
import { chatFrame, controlFrame, presenceFrame, stateVectorFrame, updateFrame } from "./outgoing";
import type { OwnPart } from "./own-structs";
import type { ConversationState, SyncPorts } from "./ports";
import { PresenceTable } from "./presence-table";
import { RoomBasket } from "./room-basket";
import { RoomChat } from "./room-chat";
import type { AppliedChange, RoomDocument } from "./room-document";
import { RoomFacts } from "./room-facts";
import { RoomMembers } from "./room-members";
import { RoomPeers } from "./room-peers";
import { RoomSaving } from "./room-saving";
import { mergeStored } from "./stored-panel";

interface Shared {
  readonly journal: JournalQueue;
  readonly record: SyncPorts["recordEvents"];
}

/** What goes into the cart is between the customer and the shop (CO92). */
const seesBasket = ({ claims }: Member) => claims.role !== "companion";

export class Room {
  readonly members = new RoomMembers();
  readonly chat: RoomChat;
  readonly facts: RoomFacts;
  readonly saving: RoomSaving;
  private readonly basket: RoomBasket;
  private readonly presence = new PresenceTable();
  private readonly peers: RoomPeers;

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
    document.onBroken = (error) => this.break(error);
    const onChanged = () => ports.conversationChanged?.(shopId, conversationId);
    this.chat = new RoomChat({
      conversationId,
      store: ports.chat,
      broadcast: (update) => this.members.send(chatFrame(update)),
      tellPeers: (update) => this.peers.said(update),
      onChanged,
      typingMs: options.typingMs,
    });
    const { basket } = ports;
    this.basket = new RoomBasket({
      load: basket ? () => basket.load(conversationId) : null,
      tell: (basket) => this.members.sendTo(controlFrame({ type: "basket", basket }), seesBasket),
      onFailed: (error) => this.log("the basket was not read again", error),
      now: options.now,
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
    this.saving = new RoomSaving({
      conversationId,
      document,
      journal: ports.journal,
      merge: ports.merge ?? mergeStored,
      queue: shared.journal,
      sync: options,
      ask: (member) => this.askForMissing(member),
      onSaving: (ok) => this.members.send(controlFrame({ type: "saving", ok })),
      onReadOnly: () => this.tellState(),
      onGone: () => this.members.closeAll(closeCodes.notFound),
      log: (message, error) => this.log(message, error),
    });
    this.peers = new RoomPeers({
      fanout: ports.fanout ?? alone,
      conversationId,
      document,
      chat: this.chat,
      facts: this.facts,
      presence: () => this.presence.all(),
      tellMembers: (frame) => this.members.send(frame),
      showMembers: (record) => this.members.show(record),
      tidy: () => this.tidy(),
      onPeople: () => this.peopleChanged(),
      onMissed: () => this.readAgain(),
      onNodeLost: () => this.saving.keepForOthers(),
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

  /** Milliseconds since 1970. */
  now(): number {
    return this.options.now();
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
    return this.saving.readOnly ? { ...rights, draw: false, show: false } : rights;
  }

  /** Why a participant without the right to draw may not: the word for the refusal. */
  refusalOf(member: Member): ErrorCode {
    if (this.closed) return "conversation_closed";
    const { role } = member.claims;
    return role === "customer" || role === "companion" ? "drawing_locked" : "forbidden";
  }

  /** @returns why not, or null: the member is in, and has been told everything but the document. */
  async join(member: Member): Promise<CloseCode | null> {
    const refused = this.refusesEntry(member);
    if (refused !== null) return refused;
    const known = this.findPerson(member);
    // Others may have let her in, or in again, a moment ago.
    if (known === undefined || known.hasLeft) await this.refresh();
    await this.basket.ready();
    let late: CloseCode | null = null;
    await this.chat.welcome((updates) => {
      late = this.refusesEntry(member);
      if (late !== null) return;
      this.members.add(member);
      this.facts.joined(member.claims);
      const you = member.claims.participantId;
      member.send(controlFrame({ type: "welcome", you, rights: this.rightsOf(member), room: this.state() }));
      if (this.basket.current.lines.length > 0 && seesBasket(member))
        member.send(controlFrame({ type: "basket", basket: this.basket.current }));
      for (const update of updates) member.send(chatFrame(heardBy(member.claims, update)));
      if (this.saving.failing) member.send(controlFrame({ type: "saving", ok: false }));
      this.sendPresence(member);
      this.askForMissing(member);
      this.tellState(member);
    });
    return late;
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return;
    this.saving.leave(member);
    const gone = this.presence.remove(member);
    const { participantId } = member.claims;
    if (gone.length > 0) {
      for (const record of gone) this.members.show(record);
      this.peers.present(participantId, gone);
    }
    if (this.members.connectionsOf(participantId) > 0) return;
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
    for (const record of taken) this.members.show(record, member);
    this.peers.present(participantId, taken);
  }

  sendPresence(member: Member): void {
    member.send(presenceFrame([...this.peers.presences(), ...this.presence.all()]));
  }

  /** What the member may bring of its answer to our state vector. @throws MalformedFrame */
  ownPart(member: Member, update: Uint8Array): OwnPart {
    return this.document.ownPart(update, member.claims.participantId, this.presence.idOf(member));
  }

  /** Resolves when everything that the member has sent so far is stored. */
  async confirm(member: Member): Promise<void> {
    if (this.peers.takeAuthor(member.claims.participantId)) this.saving.keepForOthers();
    await this.saving.confirm(member);
  }

  /**
   * Relays a change that the document already has to everybody but `from`, and stores it behind. The server's own
   * changes (no `from`) are stored first: after a crash nobody could bring them back.
   */
  store(change: AppliedChange, by: ParticipantId | null, from: Member | null, stored?: () => void): void {
    if (change.update.length === 0) {
      this.saving.after(() => stored?.());
      return;
    }
    if (from) this.relay(change, by, from);
    this.saving.push(change.update, by, () => {
      if (!from) this.relay(change, by, null);
      this.facts.document(change.facts, by);
      stored?.();
    });
  }

  /** Takes back what was drawn on something that is not there any more. */
  tidy(): void {
    const change = this.document.tidy();
    if (change.update.length > 0) this.store(change, null, null);
  }

  /** Reads status, lock and participants again and tells everybody. */
  async refresh(): Promise<void> {
    const conversation = await this.ports.authorize.findConversation(this.conversationId);
    if (conversation === null) {
      this.members.closeAll(closeCodes.notFound);
      return;
    }
    this.conversation = conversation;
    // Also whom no notice reached: she came in while she was sent away, or the line to this node was down.
    for (const member of [...this.members])
      if (this.findPerson(member)?.hasLeft) member.close(closeCodes.forbidden);
    this.tellState();
    await this.basket.read();
  }

  /** The document threw while it changed: everybody reconnects to a room loaded from what is stored. */
  break(error: unknown): void {
    this.log("the document broke and is loaded again", error);
    this.onBroken();
    this.dispose();
    this.members.closeAll(closeCodes.restarting);
  }

  /** Ends timers and listeners; the members are the caller's. */
  dispose(): void {
    this.facts.flush();
    this.chat.close();
    this.basket.close();
    this.saving.close();
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
    this.members.send(updateFrame(change.update), from);
    this.peers.changed(change, by);
  }

  private tellState(except: Member | null = null): void {
    const room = this.state();
    for (const member of this.members) {
      if (member !== except) member.send(controlFrame({ type: "room", rights: this.rightsOf(member), room }));
    }
  }

  private state(): RoomState {
    const { conversationId, status, drawingLocked, participants, mirror } = this.conversation;
    const online = this.online();
    return {
      conversationId,
      status,
      drawingLocked,
      participants: participants.map((known) => ({ ...known, online: online.has(known.participantId) })),
      mirror,
    };
  }

  /** Here or on another node. */
  private online(): ReadonlySet<ParticipantId> {
    const elsewhere = this.peers.everybody().filter(({ online }) => online);
    return new Set([...this.members.participants(), ...elsewhere.map(({ participantId }) => participantId)]);
  }

  private findPerson({ claims }: Member) {
    return this.conversation.participants.find((one) => one.participantId === claims.participantId);
  }

  private refusesEntry(member: Member): CloseCode | null {
    if (this.findPerson(member)?.hasLeft) return closeCodes.forbidden;
    const { participantId } = member.claims;
    const own = this.members.connectionsOf(participantId);
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

  private askForMissing(member: Member): void {
    member.send(stateVectorFrame(this.document.stateVector()));
  }
}
