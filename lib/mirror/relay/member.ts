/** A connection as its mirror sees it. */
import type { TabId } from "@/lib/mirror/consent/consent";
import type { CloseCode } from "@/lib/protocol/close-codes";
import type { MirrorUpdate } from "@/lib/protocol/mirror";
import type { Claims } from "@/lib/sync/server/ports";
import type { MirrorTerms } from "./ports";
import type { ViewerFeed } from "./viewer-feed";

export interface Member {
  /** Names the connection; of a customer, her tab. */
  readonly tab: TabId;
  readonly claims: Claims;
  terms: MirrorTerms;
  /** While she watches. */
  feed: ViewerFeed | null;
  makeFeed(onFree: () => void): ViewerFeed;
  tell(update: MirrorUpdate): void;
  /** Of which only the newest counts: left out when her line is slow. */
  show(update: MirrorUpdate): void;
  /** Ends the connection unless the other side answers soon. */
  probe(): void;
  close(code: CloseCode): void;
  /** A new token was accepted. */
  renew(claims: Claims, expiresAt: number): void;
}
