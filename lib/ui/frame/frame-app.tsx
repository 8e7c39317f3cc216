"use client";
/**
 * The frame inside the shop's page: who the visitor is comes from the loader by message, nothing is stored here.
 * This file only puts the parts together; each part's rules are in SPEC.md.
 */
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { AppError } from "@/lib/protocol/errors";
import { type Locale, matchLocale } from "@/lib/protocol/locales";
import { Composer } from "@/lib/ui/chat/composer";
import { createItemResolver } from "@/lib/ui/chat/item-resolver";
import { useFileDrop } from "@/lib/ui/chat/use-file-drop";
import { usePastedPictures } from "@/lib/ui/chat/use-pasted-pictures";
import { Button } from "@/lib/ui/controls/button";
import type { CompanionKey } from "@/lib/ui/messages/companion";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { SendFileError, sendFile } from "@/lib/ui/uploads/send-file";
import { useTellSending } from "@/lib/ui/uploads/sending";
import { BasketPart } from "./basket/basket-part";
import { ChatSheet } from "./chat-sheet";
import { EndDialog } from "./end-dialog";
import { EndedNote } from "./ended-note";
import { ErrorBoundary } from "./error-boundary";
import { FirstScreen } from "./first-screen";
import { bearer } from "./frame-api";
import styles from "./frame-app.module.css";
import { FrameHeader } from "./frame-header";
import { FrameLog } from "./frame-log";
import { LineNote } from "./line-note";
import { useMirror } from "./mirror/use-mirror";
import { PanelHost, preloadPanel } from "./panel-host";
import { peopleOf, presenceLine, wasTaken } from "./presence-words";
import { previewOf } from "./preview-of";
import { RatingPart } from "./rating/rating-part";
import type { Rest } from "./sheet-rest";
import { unreadCount } from "./unread-count";
import { UploadTiles } from "./upload-tiles";
import { type PageProduct, useAskAtOnce, useAskedProduct } from "./use-asked-product";
import { useBackEntries } from "./use-back-entries";
import { useBridge } from "./use-bridge";
import { useConversation } from "./use-conversation";
import { useLayout } from "./use-layout";
import { useOutgoing } from "./use-outgoing";
import { usePanelView } from "./use-panel-view";
import { useRoomSoon } from "./use-room-soon";
import { useRoomValue } from "./use-room-value";
import { type Send, useUploads } from "./use-uploads";

const RoomKeeper = lazy(() => import("./room-keeper"));
const InviteDialog = lazy(() => import("./companions/invite-dialog"));
const MirrorHost = lazy(() => import("./mirror/mirror-host"));

export function FrameApp(props: {
  readonly shopName: string;
  /** Origins whose pages may embed this frame. */
  readonly origins: readonly string[];
  readonly locale: Locale;
  /** Names of the shop's people who were at their desks when the frame was loaded. */
  readonly agents: readonly string[];
}) {
  const t = useMessages<FrameKey>("frame");
  const tCompanion = useMessages<CompanionKey>("companion");
  const bridge = useBridge(props.origins);
  const { hello, send } = bridge;
  useLocaleOfPage(hello?.locale, props.locale);
  const conversation = useConversation(bridge, props.locale);
  const { room, onRoom, roomSoon } = useRoomSoon(conversation);
  const snapshot = useRoomValue(room);
  const product = useAskedProduct(hello, bridge.asked);
  const [panel, tellPanel] = usePanelView(room, snapshot?.docGeneration);
  const [draft, setDraft] = useState("");
  const [rest, setRest] = useState<Rest>("peek");
  const [asksToEnd, setAsksToEnd] = useState(false);
  const [invites, setInvites] = useState(false);
  const [seenHere, setSeenHere] = useState(0);
  const giveBack = useCallback((text: string) => setDraft((now) => (now === "" ? text : now)), []);
  const outgoing = useOutgoing(roomSoon, giveBack);

  const conversationId = conversation.state.kind === "open" ? conversation.state.conversationId : null;
  const visitorToken = hello?.visitorToken ?? "";
  const ended = snapshot !== null && (snapshot.connection === "ended" || snapshot.room?.status === "closed");
  const panelOpen = panel.open && !ended;
  const layout = useLayout(panelOpen);
  const authorization = useCallback(() => bearer(visitorToken), [visitorToken]);
  const resolveItem = useMemo(
    () =>
      conversationId === null
        ? async () => null
        : createItemResolver({ baseUrl: "", conversationId, authorization }),
    [conversationId, authorization],
  );

  const { ensure } = conversation;
  const sendOne = useCallback<Send>(
    async (file, signal, onProgress) => {
      const id = await ensure().catch((error: unknown) => {
        const code = error instanceof AppError ? error.code : "internal";
        // Nothing was asked of files yet: what was not reached is we.
        throw new SendFileError(code === "unavailable" ? "offline" : code);
      });
      return sendFile({ conversationId: id, authorization, file, signal, onProgress });
    },
    [ensure, authorization],
  );
  const uploads = useUploads(
    sendOne,
    useCallback(() => {
      tellPanel({ type: "opened" });
      // What was sent is looked at now.
      setRest("peek");
    }, [tellPanel]),
  );
  useTellSending(
    room,
    uploads.queue.flatMap(({ what, state }) =>
      what !== null && state.kind === "sending" ? [{ what, phase: state.phase, share: state.share }] : [],
    ),
  );
  const { add } = uploads;
  const addFiles = useCallback(
    (files: readonly File[]) => {
      preloadPanel();
      add(files);
      setRest((now) => (now === "peek" ? "half" : now));
    },
    [add],
  );
  const mayWrite = visitorToken !== "" && !ended;
  usePastedPictures(mayWrite ? addFiles : null);
  const { dragging, handlers } = useFileDrop(mayWrite ? addFiles : undefined);

  useEffect(() => send({ type: "layout", panel: panelOpen }), [panelOpen, send]);
  useEffect(() => {
    if (panelOpen) setRest("peek");
  }, [panelOpen]);

  const unread = snapshot === null ? 0 : unreadCount(snapshot, seenHere);
  useEffect(
    () => send({ type: "unread", count: bridge.visible ? 0 : unread }),
    [unread, bridge.visible, send],
  );

  const layers = layout === "sheet" && bridge.visible ? (rest === "peek" ? 1 : 2) : 0;
  const dropBackEntries = useBackEntries(layers, () => {
    if (rest === "peek") tellPanel({ type: "closed" });
    else setRest("peek");
  });

  const people = peopleOf(snapshot?.room ?? null);
  const here = people.find((one) => one.online);
  const mirror = useMirror(hello, conversationId, ended ? null : snapshot);
  const sees = mirror.sees
    ? t("seesPage", { name: mirror.sees })
    : here
      ? t("sees", { name: here.name })
      : t("seesTeam");
  const startAgain = () => {
    conversation.reset();
    setSeenHere(0);
  };
  const ask = (about: PageProduct) => outgoing.ask(t("askText", { title: about.title }), about.productId);
  useAskAtOnce(bridge.asked, product, conversation.state.kind === "none" || (room !== null && !ended), ask);
  const showsLog = conversationId !== null || outgoing.waiting.length > 0;

  return (
    <main className={styles.frame} data-layout={layout} {...handlers}>
      <FrameHeader
        shopName={props.shopName}
        people={ended ? [] : people}
        presence={presenceLine(snapshot?.room ?? null, props.agents, t)}
        sees={conversationId === null || ended ? null : sees}
        panel={
          panel.items > 0 && !panelOpen && !ended
            ? {
                open: () => tellPanel({ type: "opened" }),
                news: panel.news ? t("openPanelNew", { name: here?.name ?? props.shopName }) : null,
              }
            : null
        }
        showPage={mirror.mayShow ? { label: t("showPage"), press: mirror.ask } : null}
        invite={
          room !== null && !ended ? { label: tCompanion("invite"), press: () => setInvites(true) } : null
        }
        onEnd={room !== null && !ended ? () => setAsksToEnd(true) : null}
        onClose={() => {
          dropBackEntries();
          send({ type: "close" });
        }}
      />
      {mirror.needed && conversationId !== null && (
        // Without it she still has the chat; a chunk that does not come must not take that away.
        <ErrorBoundary fallback={null}>
          <Suspense fallback={null}>
            <MirrorHost
              key={conversationId}
              bridge={bridge}
              conversationId={conversationId}
              getToken={conversation.getToken}
              visitorToken={visitorToken}
              resume={hello?.mirror ?? null}
              agents={people.map((one) => one.name).join(", ") || props.shopName}
              isAlone={people.length === 0}
              asking={mirror.asking}
              proposedBy={mirror.proposedBy}
              onAsked={mirror.asked}
              onSees={mirror.setSees}
              onDone={mirror.done}
            />
          </Suspense>
        </ErrorBoundary>
      )}
      {panelOpen && room !== null && conversationId !== null && (
        <PanelHost
          room={room}
          conversationId={conversationId}
          authorization={authorization}
          onFiles={addFiles}
          onClose={() => tellPanel({ type: "closed" })}
        />
      )}
      <ChatSheet
        layout={layout}
        rest={rest}
        onRest={setRest}
        preview={previewOf(snapshot?.messages ?? [], t("panel"))}
        unread={rest === "peek" ? unread : 0}
        label={t("frame", { shop: props.shopName })}
      >
        <LineNote snapshot={snapshot} />
        {showsLog ? (
          <FrameLog
            snapshot={snapshot}
            room={room}
            waiting={outgoing.waiting}
            active={bridge.visible && !(layout === "sheet" && rest === "peek")}
            onSeen={setSeenHere}
            resolveItem={resolveItem}
            bridge={bridge}
            onOpenPanel={() => tellPanel({ type: "opened" })}
            ended={ended}
          />
        ) : (
          <FirstScreen
            agents={props.agents}
            product={product}
            ready={conversation.state.kind === "none"}
            onFiles={addFiles}
            onAsk={() => product && ask(product)}
          />
        )}
        {(conversation.state.kind === "unreachable" || outgoing.failed) && (
          <p className={styles.trouble} role="alert">
            {t("cannotStart")}
            <Button onClick={conversation.lookAgain}>{t("tryAgain")}</Button>
          </p>
        )}
        <UploadTiles uploads={uploads} />
        {room !== null && snapshot !== null && snapshot.basket.lines.length > 0 && (
          <BasketPart
            part="bar"
            standIn={null}
            lines={snapshot.basket.lines}
            room={room}
            ended={ended}
            bridge={bridge}
          />
        )}
        {ended ? (
          <EndedNote onStartAgain={startAgain}>
            {conversationId !== null && wasTaken(snapshot?.room ?? null) && (
              <RatingPart key={conversationId} conversationId={conversationId} visitorToken={visitorToken} />
            )}
          </EndedNote>
        ) : (
          <>
            <Composer
              draft={draft}
              onDraftChange={setDraft}
              onSend={outgoing.say}
              onTyping={(typing) => room?.setTyping(typing)}
              onFiles={addFiles}
              uploadTestId="panel-upload"
            />
            <p className={styles.kept}>{t("keepsFiles")}</p>
          </>
        )}
      </ChatSheet>
      {asksToEnd && room !== null && (
        <EndDialog
          onEnd={async () => {
            await room.request({ type: "end" });
            setAsksToEnd(false);
          }}
          onCancel={() => setAsksToEnd(false)}
        />
      )}
      {invites && snapshot !== null && conversationId !== null && !ended && (
        <ErrorBoundary fallback={null}>
          <Suspense fallback={null}>
            <InviteDialog
              conversationId={conversationId}
              visitorToken={visitorToken}
              snapshot={snapshot}
              shopName={props.shopName}
              onClose={() => setInvites(false)}
            />
          </Suspense>
        </ErrorBoundary>
      )}
      {dragging && <div className={styles.drop} aria-hidden="true" />}
      {conversationId !== null && (
        <Suspense fallback={null}>
          <RoomKeeper
            key={conversationId}
            conversationId={conversationId}
            getToken={conversation.getToken}
            onRoom={onRoom}
          />
        </Suspense>
      )}
    </main>
  );
}

/** The frame speaks the page's language; the server chose by the address, so another one means another address. */
function useLocaleOfPage(tag: string | undefined, shown: Locale): void {
  useEffect(() => {
    const wanted = matchLocale(tag);
    const url = new URL(window.location.href);
    if (wanted === undefined || wanted === shown || url.searchParams.get("lang") === wanted) return;
    url.searchParams.set("lang", wanted);
    window.location.replace(url);
  }, [tag, shown]);
}
