/**
 * Tells open desks that something in their shop changed (CO16). In this process only; a second node gets its own through
 * the fan-out port of a later issue. Knows no HTTP: the stream route subscribes.
 */
import { type DeskPort, deskPort } from "@/lib/protocol/desk-port";
import type { ConversationId, MemberId, ShopId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";

export interface DeskListener {
  readonly shopId: ShopId;
  readonly memberId: MemberId;
  readonly name: string;
  /** Called once for a burst of changes, with the conversations that are known to have changed. */
  onChange(conversationIds: readonly ConversationId[]): void;
}

/** Changes this close together reach the desks as one, milliseconds; far below the second that CO16 promises. */
export const GATHER_MS = 120;

interface Feed extends DeskPort {
  readonly listeners: Set<DeskListener>;
}

const feedSlot = processSlot<Feed>("desk-feed");

/** Makes the feed and puts it where other modules find it; the composition root calls this at start. */
export function provideDeskFeed(): DeskPort {
  const existing = feedSlot.find();
  if (existing) return existing;
  const feed = createFeed();
  feedSlot.provide(feed);
  deskPort.provide(feed);
  return feed;
}

/** Returns the function that stops listening. */
export function onDeskChange(listener: DeskListener): () => void {
  provideDeskFeed();
  const { listeners } = feedSlot.get();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Names of the shop's people whose desk is open now. */
export function agentsOnline(shopId: string): readonly string[] {
  const here = [...(feedSlot.find()?.listeners ?? [])].filter((listener) => listener.shopId === shopId);
  return [...new Map(here.map(({ memberId, name }) => [memberId, name])).values()];
}

function createFeed(): Feed {
  const listeners = new Set<DeskListener>();
  const pending = new Map<ShopId, Set<ConversationId>>();

  const flush = (shopId: ShopId) => {
    const changed = [...(pending.get(shopId) ?? [])];
    pending.delete(shopId);
    for (const listener of listeners) if (listener.shopId === shopId) listener.onChange(changed);
  };
  const gather = (shopId: ShopId): Set<ConversationId> => {
    const known = pending.get(shopId);
    if (known) return known;
    const fresh = new Set<ConversationId>();
    pending.set(shopId, fresh);
    setTimeout(flush, GATHER_MS, shopId).unref();
    return fresh;
  };

  return {
    listeners,
    conversationChanged: (shopId, conversationId) => void gather(shopId).add(conversationId),
    visitorMoved: (shopId) => void gather(shopId),
  };
}
