/** Turns what happened in a room into recorded events: marks counted together, leaving only when it lasts. */
import type { ItemId, ParticipantId, ProductId } from "@/lib/protocol/ids";
import type { Claims, ConversationState, PeerPerson, RoomEvent, RoomFact } from "./ports";
import type { DocumentFact } from "./room-document";

export interface RoomFactsOptions {
  readonly conversation: () => Pick<ConversationState, "conversationId" | "shopId">;
  readonly record: (events: readonly RoomEvent[]) => void;
  readonly productOf: (itemId: ItemId) => ProductId | null;
  /** Who is, or just was, connected to another node. */
  readonly peers: () => readonly PeerPerson[];
  /** `people` changed. */
  readonly onPeople: () => void;
  readonly leaveGraceMs: number;
  readonly factWindowMs: number;
  readonly now: () => number;
}

/** Where a card is opened to. */
type CardPlace = "panel" | "page";
type Details = Partial<Pick<RoomEvent, "productId" | "itemId" | "at">>;

export class RoomFacts {
  private readonly known = new Map<ParticipantId, Pick<PeerPerson, "memberId" | "visitorId">>();
  private readonly leaving = new Map<ParticipantId, { timer: NodeJS.Timeout; leave: () => void }>();
  private readonly joinedAt = new Map<ParticipantId, number>();
  private readonly drawn = new Map<
    string,
    { by: ParticipantId; itemId: ItemId; count: number; at: number }
  >();
  private drawnTimer: NodeJS.Timeout | null = null;
  private shown: ItemId | null = null;
  /** Pairs that were compared, in either order: moving the slider between two is no new comparison. */
  private readonly compared = new Set<string>();
  /** Cards that its customer has opened here: reports know the first time. */
  private readonly openedCards = new Set<string>();

  constructor(private readonly options: RoomFactsOptions) {}

  joined({ participantId, memberId, visitorId, role }: Claims): void {
    // A companion is a guest of the customer's, and no visitor of the shop's whom reports could count.
    const visitor = role === "companion" ? null : (visitorId ?? null);
    this.known.set(participantId, { memberId: memberId ?? null, visitorId: visitor });
    this.stay(participantId);
    if (!this.joinedAt.has(participantId)) {
      const there = this.options.peers().find((person) => person.participantId === participantId);
      this.joinedAt.set(participantId, there?.since ?? this.options.now());
      if (!there) this.record({ type: "participant_joined" }, participantId);
    }
    this.options.onPeople();
  }

  /** The participant's last connection to this node is gone. */
  left(participantId: ParticipantId): void {
    const at = this.options.now();
    const leave = () => {
      this.leaving.delete(participantId);
      const since = this.joinedAt.get(participantId) ?? at;
      this.joinedAt.delete(participantId);
      const seconds = Math.round((at - since) / 1_000);
      this.record({ type: "participant_left", data: { seconds } }, participantId, { at });
      this.options.onPeople();
    };
    this.leaving.set(participantId, { timer: setTimeout(leave, this.options.leaveGraceMs), leave });
    this.elsewhere();
    this.options.onPeople();
  }

  /** Who left here and is online on another node has not left. */
  elsewhere(): void {
    for (const { participantId, online } of this.options.peers()) {
      if (online && this.stay(participantId)) this.joinedAt.delete(participantId);
    }
  }

  /** Their node is gone: who does not come back within the grace has left. */
  takeOver(people: readonly PeerPerson[]): void {
    const elsewhere = new Set(this.options.peers().map(({ participantId }) => participantId));
    for (const { participantId, memberId, visitorId, since } of people) {
      if (this.joinedAt.has(participantId) || elsewhere.has(participantId)) continue;
      this.known.set(participantId, { memberId, visitorId });
      this.joinedAt.set(participantId, since);
      this.left(participantId);
    }
  }

  /** Everybody who is connected here, or was just now. */
  people(): PeerPerson[] {
    return [...this.joinedAt].map(([participantId, since]) => ({
      participantId,
      memberId: this.known.get(participantId)?.memberId ?? null,
      visitorId: this.known.get(participantId)?.visitorId ?? null,
      since,
      online: !this.leaving.has(participantId),
    }));
  }

  recommended(by: ParticipantId, productId: ProductId): void {
    this.record({ type: "product_recommended" }, by, { productId });
  }

  hasOpened(productId: ProductId, on: CardPlace): boolean {
    return this.openedCards.has(`${productId} ${on}`);
  }

  /** As her browser says. */
  opened(by: ParticipantId, productId: ProductId, on: CardPlace): void {
    if (this.hasOpened(productId, on)) return;
    this.openedCards.add(`${productId} ${on}`);
    this.record({ type: "card_opened", data: { on } }, by, { productId });
  }

  document(facts: readonly DocumentFact[], by: ParticipantId | null): void {
    for (const fact of facts) {
      if (fact.kind === "drawn" && by !== null) this.countMark(fact.itemId, by);
      if (fact.kind === "compared" && this.isNewPair(fact)) {
        const { itemId, with: other } = fact;
        const productId = this.options.productOf(itemId);
        this.record({ type: "items_compared", data: { with: other } }, by, { itemId, productId });
      }
      if (fact.kind !== "shown" || fact.itemId === this.shown) continue;
      this.shown = fact.itemId;
      const { itemId } = fact;
      this.record({ type: "item_shown" }, by, { itemId, productId: this.options.productOf(itemId) });
    }
  }

  /** Another node has recorded these. */
  seen(facts: readonly DocumentFact[]): void {
    for (const fact of facts) {
      if (fact.kind === "shown") this.shown = fact.itemId;
      if (fact.kind === "compared") this.isNewPair(fact);
    }
  }

  /** Records what still waits. */
  flush(): void {
    this.flushDrawn();
    for (const { timer, leave } of [...this.leaving.values()]) {
      clearTimeout(timer);
      leave();
    }
  }

  /** @returns whether she was leaving */
  private stay(participantId: ParticipantId): boolean {
    const leaving = this.leaving.get(participantId);
    if (leaving) clearTimeout(leaving.timer);
    return this.leaving.delete(participantId);
  }

  private isNewPair({ itemId, with: other }: { readonly itemId: ItemId; readonly with: ItemId }): boolean {
    const before = this.compared.size;
    return this.compared.add([itemId, other].sort().join(" ")).size > before;
  }

  private countMark(itemId: ItemId, by: ParticipantId): void {
    const key = `${by} ${itemId}`;
    const entry = this.drawn.get(key);
    if (entry) entry.count++;
    else this.drawn.set(key, { by, itemId, count: 1, at: this.options.now() });
    this.drawnTimer ??= setTimeout(() => this.flushDrawn(), this.options.factWindowMs);
  }

  private flushDrawn(): void {
    if (this.drawnTimer) clearTimeout(this.drawnTimer);
    this.drawnTimer = null;
    for (const { by, itemId, count, at } of this.drawn.values()) {
      const productId = this.options.productOf(itemId);
      this.record({ type: "mark_drawn", data: { count } }, by, { itemId, productId, at });
    }
    this.drawn.clear();
  }

  private record(fact: RoomFact, by: ParticipantId | null, details: Details = {}): void {
    const { conversationId, shopId } = this.options.conversation();
    const person = by === null ? undefined : this.known.get(by);
    this.options.record([
      {
        ...fact,
        shopId,
        conversationId,
        participantId: by,
        memberId: person?.memberId ?? null,
        visitorId: person?.visitorId ?? null,
        productId: details.productId ?? null,
        itemId: details.itemId ?? null,
        at: details.at ?? this.options.now(),
      },
    ]);
  }
}
