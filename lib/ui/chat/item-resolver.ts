/** Asks the server what a picture's reference stands for, once each, and again before its address expires. */
import { type ResolvedItem, resolvedItemSchema } from "@/lib/protocol/http";
import type { AssetId, ConversationId, ProductId } from "@/lib/protocol/ids";
import { MEDIA_TOKEN_SECONDS } from "@/lib/protocol/limits";

export interface ItemReference {
  readonly assetId: AssetId;
  /** Set for a catalogue picture. */
  readonly productId: ProductId | null;
}
/** Null when the server does not answer or refuses: the reader sees a neutral tile. */
export type ResolveItem = (reference: ItemReference) => Promise<ResolvedItem | null>;

/** Share of the address's lifetime after which we ask again. */
const FRESH_SHARE = 0.8;

export function createItemResolver(options: {
  readonly baseUrl: string;
  readonly conversationId: ConversationId;
  /** Headers that prove who asks; empty where the session cookie does. */
  readonly authorization: () => Record<string, string>;
}): ResolveItem {
  const known = new Map<string, { readonly until: number; readonly answer: Promise<ResolvedItem | null> }>();

  async function load(path: string): Promise<ResolvedItem | null> {
    try {
      const response = await fetch(`${options.baseUrl}${path}`, { headers: options.authorization() });
      if (!response.ok) return null;
      const parsed = resolvedItemSchema.safeParse(await response.json());
      return parsed.success ? parsed.data : null;
    } catch {
      // Offline: the tile stays neutral and the next look asks again.
      return null;
    }
  }

  return async ({ assetId, productId }) => {
    const source = productId === null ? "asset" : "product";
    const query = productId === null ? "" : `?product=${productId}`;
    const path = `/api/v1/conversations/${options.conversationId}/items/${source}/${assetId}${query}`;
    const found = known.get(path);
    if (found && found.until > Date.now()) return found.answer;
    const answer = load(path);
    known.set(path, { until: Date.now() + MEDIA_TOKEN_SECONDS * 1_000 * FRESH_SHARE, answer });
    const item = await answer;
    // What changes soon is asked for again: when somebody uncovers it, when its tiles are there.
    if (item === null || item.covered || isUnfinished(item)) known.delete(path);
    return item;
  };
}

/** Whether a picture has more pixels than we are given: its tiles are still being cut. */
export function isUnfinished({ width, height, sizes, tiles, video, covered }: ResolvedItem): boolean {
  const larger = Math.max(width, height) > (sizes.at(-1)?.longest ?? 0);
  return larger && tiles === null && video === null && !covered;
}

/** The smallest stored size that is sharp at `cssPixels`, else the largest there is. */
export function pictureAddress(
  item: ResolvedItem,
  cssPixels: number,
  density = window.devicePixelRatio,
): string | null {
  const enough = item.sizes.find((size) => size.longest >= cssPixels * density);
  return (enough ?? item.sizes.at(-1))?.url ?? null;
}
