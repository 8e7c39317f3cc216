"use client";
import { useMemo } from "react";
import type { DeskConversation } from "@/lib/protocol/desk";
import { AppError } from "@/lib/protocol/errors";
import { type ProductId, productIdSchema } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import type { ProductActions } from "./catalogue-tab";

export interface DeskProductActions extends ProductActions {
  showById(productId: string): Promise<boolean>;
  showAnd(productId: string, alsoRecommend: boolean): Promise<void>;
}

/** Show and recommend, in the open conversation. The server decides; a refusal is told by `fail`. */
export function useProductActions(
  room: Room | null,
  conversation: DeskConversation | null,
  fail: (error: unknown) => void,
): DeskProductActions {
  const enabled = room !== null && conversation?.status === "open" && conversation.myRole === "agent";
  return useMemo(() => {
    const settle = async (work: Promise<void>): Promise<boolean> => {
      try {
        await work;
        return true;
      } catch (error) {
        fail(error);
        return false;
      }
    };
    const show = async (productId: ProductId, pictureIndex: number) =>
      room !== null && settle(room.request({ type: "show-product", productId, pictureIndex }));
    const recommend = async (productId: ProductId, text: string) =>
      room !== null && settle(room.request({ type: "recommend", productId, text }));
    const withId = async (id: string, work: (productId: ProductId) => Promise<boolean>) => {
      const productId = productIdSchema.safeParse(id);
      return enabled && productId.success && (await work(productId.data));
    };
    return {
      enabled,
      show,
      recommend,
      async propose(productId, externalId, quantity, text) {
        if (room === null) throw new AppError("unavailable");
        await room.request({ type: "basket-propose", productId, externalId, quantity, text });
      },
      showById: (id) => withId(id, (productId) => show(productId, 0)),
      async showAnd(id, alsoRecommend) {
        const shown = await withId(id, (productId) => show(productId, 0));
        if (shown && alsoRecommend) await withId(id, (productId) => recommend(productId, ""));
      },
    };
  }, [room, enabled, fail]);
}
