"use client";
import { AppError } from "@/lib/protocol/errors";
import type { Room, RoomRequest } from "@/lib/sync/client/room";
import { useCatalogueOf } from "../catalogue-of";
import { loadDetail } from "../desk-api";
import { useMaybeSnapshot } from "../use-maybe-snapshot";
import { SharedLines } from "./shared-lines";

/** The basket of the open conversation, as its room tells it. */
export function SharedBasket({ room }: { readonly room: Room | null }) {
  const of = useCatalogueOf();
  const snapshot = useMaybeSnapshot(room);
  const ask = async (request: RoomRequest) => {
    if (room === null) throw new AppError("unavailable");
    await room.request(request);
  };
  return (
    <SharedLines
      lines={snapshot?.basket.lines ?? []}
      mayChange={snapshot?.rights.lead === true}
      loadVariants={({ productId }) => loadDetail(of, productId)}
      onChange={({ lineId }, { externalId, quantity }) =>
        ask({ type: "basket-change", lineId, externalId, quantity })
      }
      onWithdraw={({ lineId }) => ask({ type: "basket-withdraw", lineId })}
    />
  );
}
