/** Turns what happened in a room into recorded events: marks counted together, leaving only when it lasts. */
import type { ItemId, ParticipantId, ProductId } from "@/lib/protocol/ids";
import type { Claims, ConversationState, RoomEvent } from "./ports";
import type { DocumentFact } from "./room-document";

export interface RoomFactsOptions {
  readonly conversation: () => Pick<ConversationState, "conversationId" | "shopId">;
  readonly record: (events: readonly RoomEvent[]) => void;
  readonly productOf: (itemId: ItemId) => ProductId | null;
  readonly leaveGraceMs: number;
  readonly factWindowMs: number;
  readonly now: () => number;
}

type Details = Partial<Pick<RoomEvent, "productId" | "itemId" | "data" | "at">>;

export class RoomFacts {
  private readonly known = new Map<ParticipantId, Claims>();
  private readonly leaving = new Map<ParticipantId, { timer: NodeJS.Timeout; leave: () => void }>();
  private readonly joinedAt = new Map<ParticipantId, number>();
  private readonly drawn = new Map<
    string,
    { by: ParticipantId; itemId: ItemId; count: number; at: number }
  >();
  private drawnTimer: NodeJS.Timeout | null = null;
  private shown: ItemId | null = null;

  constructor(private readonly options: RoomFactsOptions) {}

  joined(claims: Claims): void {
    this.known.set(claims.participantId, claims);
    const leaving = this.leaving.get(claims.participantId);
    if (leaving) {
      clearTimeout(leaving.timer);
      this.leaving.delete(claims.participantId);
    }
    if (this.joinedAt.has(claims.participantId)) return;
    this.joinedAt.set(claims.participantId, this.options.now());
    this.record("participant_joined", claims.participantId);
  }

  /** The participant's last connection is gone. */
  left(claims: Claims): void {
    const at = this.options.now();
    const leave = () => {
      this.leaving.delete(claims.participantId);
      const since = this.joinedAt.get(claims.participantId) ?? at;
      this.joinedAt.delete(claims.participantId);
      const seconds = Math.round((at - since) / 1_000);
      this.record("participant_left", claims.participantId, { data: { seconds }, at });
    };
    this.leaving.set(claims.participantId, { timer: setTimeout(leave, this.options.leaveGraceMs), leave });
  }

  recommended(by: ParticipantId, productId: ProductId): void {
    this.record("product_recommended", by, { productId });
  }

  document(facts: readonly DocumentFact[], by: ParticipantId | null): void {
    for (const fact of facts) {
      if (fact.kind === "drawn" && by !== null) this.countMark(fact.itemId, by);
      if (fact.kind !== "shown" || fact.itemId === this.shown) continue;
      this.shown = fact.itemId;
      this.record("item_shown", by, { itemId: fact.itemId, productId: this.options.productOf(fact.itemId) });
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
      this.record("mark_drawn", by, { itemId, productId, data: { count }, at });
    }
    this.drawn.clear();
  }

  private record(type: RoomEvent["type"], by: ParticipantId | null, details: Details = {}): void {
    const { conversationId, shopId } = this.options.conversation();
    const claims = by === null ? undefined : this.known.get(by);
    this.options.record([
      {
        type,
        shopId,
        conversationId,
        participantId: by,
        memberId: claims?.memberId ?? null,
        visitorId: claims?.visitorId ?? null,
        productId: details.productId ?? null,
        itemId: details.itemId ?? null,
        data: details.data ?? {},
        at: details.at ?? this.options.now(),
      },
    ]);
  }
}
