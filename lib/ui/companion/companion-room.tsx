import ImageIcon from "lucide-react/icons/image";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { BasketProposal } from "@/lib/protocol/basket";
import { AppError } from "@/lib/protocol/errors";
import type { Room } from "@/lib/sync/client/room";
import { ChatLog } from "@/lib/ui/chat/chat-log";
import { Composer } from "@/lib/ui/chat/composer";
import { createItemResolver } from "@/lib/ui/chat/item-resolver";
import type { LogActions } from "@/lib/ui/chat/log-actions";
import { IconButton } from "@/lib/ui/controls/button";
import type { CompanionKey } from "@/lib/ui/messages/companion";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { useOthersSending } from "@/lib/ui/uploads/sending";
import { ChatSheet } from "../frame/chat-sheet";
import { bearer, fetchRoomToken } from "../frame/frame-api";
import frame from "../frame/frame-app.module.css";
import { LineNote } from "../frame/line-note";
import { PanelHost } from "../frame/panel-host";
import { previewOf } from "../frame/preview-of";
import type { Rest } from "../frame/sheet-rest";
import { unreadCount } from "../frame/unread-count";
import { useLayout } from "../frame/use-layout";
import { usePanelView } from "../frame/use-panel-view";
import { useRoomValue } from "../frame/use-room-value";
import styles from "./companion.module.css";
import type { Seat } from "./kept-seat";

const RoomKeeper = lazy(() => import("../frame/room-keeper"));

/** What is proposed for the cart is not hers to answer, but it is talked about. */
const nameOnly = ({ title, label }: BasketProposal) => (
  <p>
    {title} {label}
  </p>
);

/** She takes nothing into a cart and no photo onto the panel. */
const noFiles = () => undefined;

/** Panel and chat for somebody who looks along. */
export function CompanionRoom({ seat, onOver }: { readonly seat: Seat; readonly onOver: () => void }) {
  const t = useMessages<CompanionKey>("companion");
  const tFrame = useMessages<FrameKey>("frame");
  const { conversationId, visitorToken } = seat;
  const [room, setRoom] = useState<Room | null>(null);
  const snapshot = useRoomValue(room);
  const [panel, tellPanel] = usePanelView(room, snapshot?.docGeneration);
  const [draft, setDraft] = useState("");
  const [rest, setRest] = useState<Rest>("peek");
  const [seenHere, setSeenHere] = useState(0);
  const layout = useLayout(panel.open);
  const authorization = useCallback(() => bearer(visitorToken), [visitorToken]);
  const resolveItem = useMemo(
    () => createItemResolver({ baseUrl: "", conversationId, authorization }),
    [conversationId, authorization],
  );
  const getToken = useCallback(
    () =>
      fetchRoomToken(conversationId, visitorToken).catch((error: unknown) => {
        const code = error instanceof AppError ? error.code : null;
        if (code === "not_found" || code === "unauthorized" || code === "forbidden") onOver();
        throw error;
      }),
    [conversationId, visitorToken, onOver],
  );
  const ended = snapshot !== null && (snapshot.connection === "ended" || snapshot.room?.status === "closed");
  useEffect(() => {
    if (ended) onOver();
  }, [ended, onOver]);

  const actions = useMemo<LogActions>(
    () => ({
      openItem: () => tellPanel({ type: "opened" }),
      openPage: (product) => window.open(product.url, "_blank", "noopener,noreferrer"),
      retry: (clientId) => room?.retry(clientId),
      discard: (clientId) => room?.discard(clientId),
    }),
    [room, tellPanel],
  );
  const sending = useOthersSending(room);
  const seen = (seq: number) => {
    setSeenHere(seq);
    room?.markSeen(seq);
  };
  const others = (snapshot?.room?.participants ?? []).filter(
    (one) => one.online && one.participantId !== snapshot?.you,
  );
  const names = others.map((one) => one.name).join(", ");
  const unread = snapshot === null ? 0 : unreadCount(snapshot, seenHere);

  return (
    <main className={frame.frame} data-layout={layout} data-testid="companion">
      <header className={styles.header}>
        <div className={styles.names}>
          <h1>{seat.shop}</h1>
          <p role="status">{names === "" ? "" : t("present", { names })}</p>
        </div>
        {panel.items > 0 && !panel.open && (
          <IconButton label={tFrame("openPanel")} onClick={() => tellPanel({ type: "opened" })}>
            <ImageIcon size={20} aria-hidden="true" />
          </IconButton>
        )}
        <p className={styles.sees}>{t("youSee")}</p>
      </header>
      {panel.open && room !== null && (
        <PanelHost
          room={room}
          conversationId={conversationId}
          authorization={authorization}
          onFiles={noFiles}
          onClose={() => tellPanel({ type: "closed" })}
        />
      )}
      <ChatSheet
        layout={layout}
        rest={rest}
        onRest={setRest}
        preview={previewOf(snapshot?.messages ?? [], tFrame("panel"))}
        unread={rest === "peek" ? unread : 0}
        label={tFrame("frame", { shop: seat.shop })}
      >
        <LineNote snapshot={snapshot} />
        {panel.items === 0 && <p className={styles.nothing}>{t("nothingYet")}</p>}
        <ChatLog
          messages={snapshot?.messages ?? []}
          you={snapshot?.you ?? null}
          reader="companion"
          participants={snapshot?.room?.participants ?? []}
          receipts={snapshot?.receipts ?? []}
          typing={snapshot?.typing ?? []}
          sending={sending}
          hasEarlier={snapshot?.hasEarlier ?? false}
          onLoadEarlier={() => room?.loadEarlier()}
          onSeen={seen}
          active={!(layout === "sheet" && rest === "peek")}
          resolveItem={resolveItem}
          actions={actions}
          basketCard={nameOnly}
        />
        <Composer
          draft={draft}
          onDraftChange={setDraft}
          onSend={(text) => room?.sendText(text)}
          onTyping={(typing) => room?.setTyping(typing)}
          closed={room === null}
        />
      </ChatSheet>
      <Suspense fallback={null}>
        <RoomKeeper conversationId={conversationId} getToken={getToken} onRoom={setRoom} />
      </Suspense>
    </main>
  );
}
