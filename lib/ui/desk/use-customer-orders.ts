"use client";
import { useEffect, useState } from "react";
import type { CustomerOrderDetails, CustomerOrders } from "@/lib/protocol/customer-orders";
import type { ConversationId } from "@/lib/protocol/ids";
import { loadOrder, loadOrders } from "./desk-api";

/** Null until they are there. @param count of those that we know of: one more, and the list is read again */
export function useCustomerOrders(conversationId: ConversationId, count: number): CustomerOrders | null {
  const [found, setFound] = useState<{ readonly of: ConversationId; readonly orders: CustomerOrders } | null>(
    null,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `count` asks again
  useEffect(() => {
    const stop = new AbortController();
    loadOrders(conversationId, stop.signal).then(
      (orders) => setFound({ of: conversationId, orders }),
      // The desk says itself that the line is away; the drawer goes on without orders.
      () => undefined,
    );
    return () => stop.abort();
  }, [conversationId, count]);
  return found?.of === conversationId ? found.orders : null;
}

export type OrderState = { readonly kind: "closed" | "loading" | "failed" } | OpenOrder;
interface OpenOrder {
  readonly kind: "open";
  readonly order: CustomerOrderDetails;
}

/** One order, asked for when the agent opens it. */
export function useOrder(conversationId: ConversationId, reference: string, open: boolean): OrderState {
  const [state, setState] = useState<OrderState>({ kind: "closed" });
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    setState({ kind: "loading" });
    loadOrder(conversationId, reference, stop.signal).then(
      (order) => setState({ kind: "open", order }),
      () => {
        if (!stop.signal.aborted) setState({ kind: "failed" });
      },
    );
    return () => stop.abort();
  }, [conversationId, reference, open]);
  return open ? state : { kind: "closed" };
}
