import { useCallback, useMemo } from "react";
import type { BasketProposal } from "@/lib/protocol/basket";
import type { ProductCard } from "@/lib/protocol/chat";
import { AppError } from "@/lib/protocol/errors";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";
import { ChatLog } from "@/lib/ui/chat/chat-log";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import type { LogActions } from "@/lib/ui/chat/log-actions";
import type { LogMessage } from "@/lib/ui/chat/log-message";
import { useOthersSending } from "@/lib/ui/uploads/sending";
import { BasketPart } from "./basket/basket-part";
import { recommendationOpened } from "./page-events";
import type { Bridge } from "./use-bridge";

/** The log with what a shopper may set off in it. */
export function FrameLog(props: {
  readonly snapshot: RoomSnapshot | null;
  readonly room: Room | null;
  readonly waiting: readonly LogMessage[];
  readonly active: boolean;
  readonly onSeen: (seq: number) => void;
  readonly resolveItem: ResolveItem;
  readonly bridge: Bridge;
  readonly onOpenPanel: () => void;
  readonly ended: boolean;
}) {
  const sending = useOthersSending(props.room);
  const { snapshot, room, waiting, onSeen, onOpenPanel } = props;
  const { addToCart, send, hello } = props.bridge;
  const hasWishlist = hello?.wishlist === true;
  const messages = useMemo(() => [...(snapshot?.messages ?? []), ...waiting], [snapshot?.messages, waiting]);
  const seen = useCallback(
    (seq: number) => {
      onSeen(seq);
      room?.markSeen(seq);
    },
    [room, onSeen],
  );
  const opened = useCallback(
    (product: ProductCard, on: "panel" | "page") => {
      send({ type: "told", event: { ...recommendationOpened(product) } });
      // Only counted: what she opened opens whether or not that is known.
      room?.request({ type: "open-card", productId: product.productId, on }).catch(() => undefined);
    },
    [room, send],
  );
  const actions = useMemo<LogActions>(
    () => ({
      openItem: (itemId, assetId) => {
        onOpenPanel();
        // Refused means it is gone from the panel; the panel then shows what is there.
        room?.request({ type: "show-asset", assetId, itemId }).catch(() => undefined);
      },
      openProduct: async (product) => {
        if (room === null) throw new AppError("unavailable");
        opened(product, "panel");
        await room.request({ type: "show-product", productId: product.productId, pictureIndex: 0 });
        onOpenPanel();
      },
      addToCart: (product, id) => {
        const variant = product.variants.find((one) => one.externalId === id);
        if (variant === undefined) return Promise.resolve({ ok: false, reason: "gone" });
        const unitMinor = variant.saleMinor ?? variant.priceMinor;
        return addToCart({ id, quantity: 1, unitMinor }, product.currency);
      },
      ...(hasWishlist && {
        addToWishlist: ({ externalId: id, priceMinor, currency }: ProductCard) =>
          addToCart({ id, quantity: 1, unitMinor: priceMinor ?? 0 }, currency, { wishlist: true }),
      }),
      openPage: (product) => {
        opened(product, "page");
        send({ type: "navigate", url: product.url });
      },
      retry: (clientId) => room?.retry(clientId),
      discard: (clientId) => room?.discard(clientId),
    }),
    [room, onOpenPanel, addToCart, hasWishlist, send, opened],
  );
  const { resolveItem, bridge, ended } = props;
  const lines = snapshot?.basket.lines;
  const basketCard = useCallback(
    (proposal: BasketProposal) => (
      <BasketPart
        part="card"
        standIn={proposal.title}
        proposal={proposal}
        line={lines?.find(({ lineId }) => lineId === proposal.lineId) ?? null}
        room={room}
        ended={ended}
        bridge={bridge}
        resolveItem={resolveItem}
      />
    ),
    [lines, room, ended, bridge, resolveItem],
  );
  return (
    <ChatLog
      messages={messages}
      you={snapshot?.you ?? null}
      reader="customer"
      participants={snapshot?.room?.participants ?? []}
      receipts={snapshot?.receipts ?? []}
      typing={snapshot?.typing ?? []}
      sending={sending}
      hasEarlier={snapshot?.hasEarlier ?? false}
      onLoadEarlier={() => room?.loadEarlier()}
      onSeen={seen}
      active={props.active}
      resolveItem={resolveItem}
      actions={actions}
      basketCard={basketCard}
    />
  );
}
