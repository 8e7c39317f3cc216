"use client";
import { useEffect, useState } from "react";
import type { CustomerCart } from "@/lib/protocol/customer-cart";
import type { ConversationId } from "@/lib/protocol/ids";
import { loadShopCart } from "./desk-api";

/**
 * Her cart by the shop's own system; null where there is none, or until it came.
 * @param wanted false: her own page tells it
 * @param movedAt when she was last seen to move: then it is asked for again, and not oftener
 */
export function useShopCart(
  conversationId: ConversationId,
  wanted: boolean,
  movedAt: number,
): CustomerCart["cart"] {
  const [found, setFound] = useState<{
    readonly of: ConversationId;
    readonly cart: CustomerCart["cart"];
  } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `movedAt` asks again
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    loadShopCart(conversationId, stop.signal).then(
      ({ cart }) => setFound({ of: conversationId, cart }),
      // The desk says itself that the line is away; what was shown stays, with its age.
      () => undefined,
    );
    return () => stop.abort();
  }, [conversationId, wanted, movedAt]);
  return wanted && found?.of === conversationId ? found.cart : null;
}
