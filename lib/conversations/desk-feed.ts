/**
 * Tells open desks that something in their shop changed (CO16), in this process and, where there are several, in the
 * others. Knows no HTTP: the stream route subscribes.
 */
import { type DeskPort, deskPort } from "@/lib/protocol/desk-port";
import { deskWatch, type OpenDesk } from "@/lib/protocol/desk-watch";
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

export type DeskPerson = Pick<DeskListener, "shopId" | "memberId" | "name">;

/** Desks of other processes. */
export interface DeskPeers {
  /** Something of this shop changed here. */
  announce(shopId: ShopId, conversationIds: readonly ConversationId[]): void;
  /** Whose desk is open there. */
  openDesks(): readonly DeskPerson[];
}

interface Feed extends DeskPort {
  readonly listeners: Set<DeskListener>;
  /** Who hears of a shop's changes without sitting at a desk. */
  readonly watchers: Set<Pick<DeskListener, "shopId" | "onChange">>;
  peers: DeskPeers | null;
  /** Another process announced this. */
  announced(shopId: ShopId, conversationIds: readonly ConversationId[]): void;
}

const feedSlot = processSlot<Feed>("desk-feed");

/** Makes the feed and puts it where other modules find it; the composition root calls this at start. */
export function provideDeskFeed(): DeskPort {
  const existing = feedSlot.find();
  if (existing) return existing;
  const feed = createFeed();
  feedSlot.provide(feed);
  deskPort.provide(feed);
  deskWatch.provide({
    openDesks: desksOf,
    onShopChange(shopId, onChange) {
      const watcher = { shopId, onChange };
      feed.watchers.add(watcher);
      return () => feed.watchers.delete(watcher);
    },
  });
  return feed;
}

/** Returns the function that stops listening. */
export function onDeskChange(listener: DeskListener): () => void {
  provideDeskFeed();
  const { listeners } = feedSlot.get();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** From now on other processes' desks hear of what changes here. @returns what to call with what changed there */
export function joinDesks(peers: DeskPeers): Feed["announced"] {
  provideDeskFeed();
  const feed = feedSlot.get();
  feed.peers = peers;
  return feed.announced;
}

/** Whose desk is open in this process now. */
export function openDesks(): readonly DeskPerson[] {
  const here = feedSlot.find()?.listeners ?? [];
  return [...here].map(({ shopId, memberId, name }) => ({ shopId, memberId, name }));
}

/** Names of the shop's people whose desk is open now, in whichever process. */
export function agentsOnline(shopId: string): readonly string[] {
  return desksOf(shopId).map(({ name }) => name);
}

function desksOf(shopId: string): OpenDesk[] {
  const open = [...openDesks(), ...(feedSlot.find()?.peers?.openDesks() ?? [])];
  const ofShop = open.filter((desk) => desk.shopId === shopId);
  return [...new Map(ofShop.map((desk) => [desk.memberId, desk])).values()];
}

function createFeed(): Feed {
  const listeners: Feed["listeners"] = new Set();
  const watchers: Feed["watchers"] = new Set();
  const tell = (shopId: ShopId, changed: readonly ConversationId[]) => {
    for (const one of [...listeners, ...watchers]) if (one.shopId === shopId) one.onChange(changed);
  };
  const own = gathering((shopId, changed) => {
    tell(shopId, changed);
    feed.peers?.announce(shopId, changed);
  });
  const others = gathering(tell);
  const feed: Feed = {
    listeners,
    watchers,
    peers: null,
    conversationChanged: (shopId, conversationId) => own(shopId, [conversationId]),
    visitorMoved: (shopId) => own(shopId, []),
    announced: others,
  };
  return feed;
}

interface Burst {
  readonly changed: Set<ConversationId>;
  /** A visitor moved, of whom no conversation is named. */
  moved: boolean;
}

/** Makes one call of a burst of conversations, and one of a burst of visitors. */
function gathering(then: (shopId: ShopId, changed: readonly ConversationId[]) => void): Feed["announced"] {
  const pending = new Map<ShopId, Burst>();
  const flush = (shopId: ShopId, { changed, moved }: Burst) => {
    pending.delete(shopId);
    if (changed.size > 0) then(shopId, [...changed]);
    if (moved) then(shopId, []);
  };
  return (shopId, changed) => {
    const known = pending.get(shopId);
    const burst = known ?? { changed: new Set(), moved: false };
    for (const conversationId of changed) burst.changed.add(conversationId);
    burst.moved ||= changed.length === 0;
    if (known) return;
    pending.set(shopId, burst);
    setTimeout(flush, GATHER_MS, shopId, burst).unref();
  };
}
