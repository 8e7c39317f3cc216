/** How reports hear that something in a shop changed, and whose desk is open, without knowing the desks. */
import type { MemberId, ShopId } from "./ids";
import { processSlot } from "./process-slot";

export interface OpenDesk {
  readonly memberId: MemberId;
  readonly name: string;
}

export interface DeskWatch {
  /** Called once for a burst of changes, on whichever node they happened. Returns what stops it. */
  onShopChange(shopId: ShopId, listener: () => void): () => void;
  /** The shop's people whose desk is open now, on whichever node; each once. */
  openDesks(shopId: ShopId): readonly OpenDesk[];
}

export const deskWatch = processSlot<DeskWatch>("desk-watch");
