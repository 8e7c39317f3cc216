"use client";
/** One conversation in the middle of the desk: who, what she sees, the panel, and the chat beside it. */
import dynamic from "next/dynamic";
import { useCallback, useMemo } from "react";
import { showItem } from "@/lib/panel/commands";
import { itemsOf } from "@/lib/panel/schema";
import type { BasketProposal } from "@/lib/protocol/basket";
import type { DeskConversation } from "@/lib/protocol/desk";
import type { AssetId, ItemId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { ChatLog } from "@/lib/ui/chat/chat-log";
import { Composer } from "@/lib/ui/chat/composer";
import type { LogActions } from "@/lib/ui/chat/log-actions";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { useRoomSnapshot } from "@/lib/ui/room/use-room";
import { useOthersSending } from "@/lib/ui/uploads/sending";
import { Banner } from "./banner";
import { BasketCard } from "./basket/basket-card";
import styles from "./conversation-pane.module.css";
import { itemResolver } from "./item-resolvers";
import { MirrorPane } from "./mirror/mirror-pane";
import { useMirrorDesk } from "./mirror/use-mirror-desk";
import { PaneHead } from "./pane-head";
import { PanelSkeleton } from "./panel-skeleton";
import { usePanelDrop } from "./use-panel-drop";

/** The panel and its drawing library are a chunk of their own, loaded with the first conversation. */
const PanelView = dynamic(() => import("@/lib/ui/panel/panel-view").then((module) => module.PanelView), {
  ssr: false,
  loading: PanelSkeleton,
});

export interface PaneActions {
  onBack(): void;
  onLeave(): void;
  onEnd(): void;
  onDone(): void;
  onFiles(files: readonly File[]): void;
  /** A picture of the customer's page. */
  onFrozen(picture: File, title: string): void;
  onShow(productId: string): void;
  /** Runs a request of the room and tells when it fails. */
  attempt(work: Promise<unknown>): Promise<void>;
}

export function ConversationPane(props: {
  readonly conversation: DeskConversation;
  readonly room: Room;
  readonly shopKey: string;
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  readonly actions: PaneActions;
  readonly drawerOpen: boolean;
  readonly onToggleDrawer: () => void;
}) {
  const { conversation, room, actions } = props;
  const t = useMessages<DeskKey>("desk");
  const snapshot = useRoomSnapshot(room);
  const { conversationId } = conversation;
  const resolveItem = useMemo(() => itemResolver(conversationId), [conversationId]);
  const status = snapshot.room?.status ?? conversation.status;
  const closed = status === "closed" || snapshot.connection === "ended";
  const { chat, show } = snapshot.rights;
  const drop = usePanelDrop(show, actions.onFiles, actions.onShow);
  const { you } = snapshot;
  const sending = useOthersSending(room);
  const mirror = useMirrorDesk(conversation, snapshot, closed);
  const markSeen = useCallback((seq: number) => room.markSeen(seq), [room]);

  const { attempt } = actions;
  const logActions = useMemo<LogActions>(
    () => ({
      openItem: (itemId: ItemId, assetId: AssetId) => {
        // What was taken off the panel is put there anew.
        if (!itemsOf(room.doc).has(itemId)) void attempt(room.request({ type: "show-asset", assetId }));
        else if (you !== null) showItem(room.doc, fromChat, itemId);
      },
      openProduct: ({ productId }) => room.request({ type: "show-product", productId, pictureIndex: 0 }),
      retry: (clientId) => room.retry(clientId),
      discard: (clientId) => room.discard(clientId),
    }),
    [room, you, attempt],
  );

  const { lines } = snapshot.basket;
  const { lead } = snapshot.rights;
  const basketCard = useCallback(
    (proposal: BasketProposal) => (
      <BasketCard
        proposal={proposal}
        line={lines.find(({ lineId }) => lineId === proposal.lineId) ?? null}
        room={room}
        mayChange={lead}
        resolveItem={resolveItem}
      />
    ),
    [lines, room, lead, resolveItem],
  );

  return (
    <section className={styles.pane} aria-label={conversation.name}>
      <PaneHead
        conversation={conversation}
        room={room}
        snapshot={snapshot}
        closed={closed}
        mirror={mirror.offer}
        actions={actions}
        drawerOpen={props.drawerOpen}
        onToggleDrawer={props.onToggleDrawer}
      />
      {closed && (
        <Banner
          tone="done"
          text={`${t("endedTitle")}. ${t("endedText")}`}
          action={{ label: t("done"), onClick: actions.onDone }}
        />
      )}
      {!closed && snapshot.connection === "offline" && <Banner tone="warning" text={t("offline")} />}
      {!closed && snapshot.connection === "online" && !snapshot.saving && (
        <Banner tone="error" text={t("notSaving")} />
      )}
      <div className={styles.work}>
        {mirror.shown && (
          <MirrorPane
            key={conversationId}
            watch={mirror.shown.watch}
            snapshot={mirror.shown.snapshot}
            shopKey={props.shopKey}
            customer={conversation.name}
            onFrozen={show ? actions.onFrozen : null}
          />
        )}
        {/* Stays there behind the page: coming back to it costs nothing. */}
        <div className={styles.panel} hidden={mirror.shown !== null} {...drop.handlers}>
          <PanelView
            room={room}
            conversationId={conversationId}
            baseUrl=""
            authorization={noHeaders}
            onFiles={actions.onFiles}
          />
          {drop.over && <div className={styles.drop}>{t("dropOnPanel")}</div>}
        </div>
        <div className={styles.chat}>
          <ChatLog
            messages={snapshot.messages}
            you={snapshot.you}
            reader="agent"
            participants={snapshot.room?.participants ?? []}
            receipts={snapshot.receipts}
            typing={snapshot.typing}
            sending={sending}
            hasEarlier={snapshot.hasEarlier}
            onLoadEarlier={() => room.loadEarlier()}
            onSeen={markSeen}
            active
            resolveItem={resolveItem}
            actions={logActions}
            basketCard={basketCard}
          />
          <Composer
            draft={props.draft}
            onDraftChange={props.onDraft}
            onSend={(text) => room.sendText(text)}
            onTyping={(typing) => room.setTyping(typing)}
            onFiles={actions.onFiles}
            uploadTestId="panel-upload"
            closed={closed || (you !== null && !chat)}
            {...(closed || chat || you === null ? {} : { placeholder: t("watching") })}
          />
        </div>
      </div>
    </section>
  );
}

/** Origin of what the chat changes in the document; not undone by the panel. */
const fromChat = { name: "desk-chat" };
/** The session cookie proves who asks. */
const noHeaders = () => ({});
