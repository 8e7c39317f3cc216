"use client";
/** The agent's desk: one screen. Puts together the feed, the rooms and the regions; what each region shows is its own. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { DeskConversation } from "@/lib/protocol/desk";
import type { ConversationId } from "@/lib/protocol/ids";
import { canActAs, type MemberRole } from "@/lib/protocol/roles";
import { usePastedPictures } from "@/lib/ui/chat/use-pasted-pictures";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { Banner } from "./banner";
import { OpenConversation } from "./catalogue-of";
import { CodeEntry } from "./code-entry";
import { ConversationList } from "./conversation-list";
import { ConversationPane } from "./conversation-pane";
import styles from "./desk.module.css";
import * as api from "./desk-api";
import { EndDialog, ShortcutsDialog } from "./dialogs";
import { Drawer, type DrawerTab } from "./drawer";
import { EmptyPane } from "./empty-pane";
import { errorWords } from "./error-words";
import { PanelSkeleton } from "./panel-skeleton";
import { Rail } from "./rail";
import { ToastList } from "./toast-list";
import { useDeskFeed } from "./use-desk-feed";
import { useDeskRooms } from "./use-desk-rooms";
import { useDrafts } from "./use-drafts";
import { useDrawerOpen } from "./use-drawer-open";
import { useNow } from "./use-now";
import { useProductActions } from "./use-product-actions";
import { useRing } from "./use-ring";
import { useSelection } from "./use-selection";
import { useShortcuts } from "./use-shortcuts";
import { useToasts } from "./use-toasts";
import { useUploads } from "./use-uploads";

export interface DeskMember {
  readonly name: string;
  /** Of her shop: names whose pictures a customer's page may load at the desk. */
  readonly shopKey: string;
  readonly role: MemberRole;
}

type OpenDialog = "help" | "end" | null;

export function Desk({ member }: { readonly member: DeskMember }) {
  const t = useMessages<DeskKey>("desk");
  const { feed, state } = useDeskFeed("/api/v1/desk/stream");
  const { desk, line, skew } = state;
  const now = useNow(skew);
  const toasts = useToasts();
  const selection = useSelection(desk);
  const { conversation } = selection;
  const { draftOf, setDraft, addToDraft } = useDrafts();
  const [drawerOpen, setDrawerOpen] = useDrawerOpen();
  const [tab, setTab] = useState<DrawerTab>("customer");
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [entering, setEntering] = useState<ConversationId | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  const ids = useMemo(() => {
    const mine = (desk?.mine ?? []).map((one) => one.conversationId);
    // One that has just ended stays readable until the agent puts it away.
    return conversation && !mine.includes(conversation.conversationId)
      ? [...mine, conversation.conversationId]
      : mine;
  }, [desk, conversation]);
  const rooms = useDeskRooms(ids);
  const room = conversation === null ? null : (rooms.get(conversation.conversationId) ?? null);

  const { show: showToast } = toasts;
  const fail = useCallback((error: unknown) => void showToast(t(errorWords(error)), "error"), [showToast, t]);
  const attempt = useCallback((work: Promise<unknown>) => work.then(() => {}, fail), [fail]);
  const { open, close } = selection;
  const enter = useCallback(
    async (one: DeskConversation, how: "accept" | "join" | "supervise") => {
      setEntering(one.conversationId);
      await api.enter(one.conversationId, how).then(() => open(one.conversationId), fail);
      setEntering(null);
    },
    [open, fail],
  );

  const enterByCode = useCallback((code: string) => api.enterByCode(code).then(open), [open]);

  const openRow = useCallback((one: DeskConversation) => open(one.conversationId), [open]);
  const unread = (desk?.mine ?? []).reduce((sum, one) => sum + one.unread, 0);
  const ring = useRing(desk?.waiting ?? null, unread, openRow);
  const upload = useUploads(conversation?.conversationId ?? null, room, toasts);
  const products = useProductActions(room, conversation, fail);
  usePastedPictures(conversation?.status === "open" ? upload : null);

  const search = () => {
    setDrawerOpen(true);
    setTab("catalogue");
    // After the drawer is there.
    requestAnimationFrame(() => searchRef.current?.select());
  };
  useShortcuts({
    goTo(index) {
      const one = desk?.mine[index];
      if (one) open(one.conversationId);
    },
    acceptNext() {
      const one = desk?.waiting[0];
      if (one) void enter(one, "accept");
    },
    search,
    write: () => document.querySelector<HTMLElement>('[data-testid="chat-input"]')?.focus(),
    show(alsoRecommend) {
      const productId = tab === "catalogue" && drawerOpen ? chosenProduct() : null;
      if (productId === null) return false;
      void products.showAnd(productId, alsoRecommend);
      return true;
    },
    toggleDrawer: () => setDrawerOpen(!drawerOpen),
    help: () => setDialog("help"),
  });

  useEffect(() => {
    const warn = (event: PromiseRejectionEvent) => fail(event.reason);
    window.addEventListener("unhandledrejection", warn);
    return () => window.removeEventListener("unhandledrejection", warn);
  }, [fail]);

  const drawer = conversation !== null && drawerOpen;
  return (
    <main
      className={styles.desk}
      data-drawer={drawer ? "open" : "closed"}
      data-view={conversation === null ? "list" : "conversation"}
    >
      <Rail
        role={member.role}
        name={member.name}
        ring={ring}
        onHelp={() => setDialog("help")}
        onSignOut={() => void attempt(signOut())}
      />
      <div className={styles.list}>
        {line === "signed-out" && (
          <Banner
            tone="error"
            text={t("signedOut")}
            action={{ label: t("signIn"), onClick: () => window.location.assign("/sign-in?next=/desk") }}
          />
        )}
        {line === "offline" && <Banner tone="warning" text={t("feedOffline")} />}
        <ConversationList
          desk={desk}
          rooms={rooms}
          selectedId={conversation?.conversationId ?? null}
          now={now}
          mayWatch={canActAs(member.role, "manager")}
          entering={entering}
          onSelect={openRow}
          onEnter={enter}
        />
        <CodeEntry onEnter={enterByCode} />
      </div>
      {conversation === null && <EmptyPane waiting={desk?.waiting.length ?? 0} ring={ring} />}
      {conversation !== null && room === null && <PanelSkeleton />}
      {conversation !== null && room !== null && (
        <ConversationPane
          key={conversation.conversationId}
          conversation={conversation}
          room={room}
          shopKey={member.shopKey}
          draft={draftOf(conversation.conversationId)}
          onDraft={(text) => setDraft(conversation.conversationId, text)}
          drawerOpen={drawer}
          onToggleDrawer={() => setDrawerOpen(!drawerOpen)}
          actions={{
            attempt,
            onBack: close,
            onDone: close,
            onEnd: () => setDialog("end"),
            onLeave: () => void attempt(api.leave(conversation.conversationId).then(close)),
            onFiles: (files) => upload(files),
            onFrozen: (picture, title) => upload([picture], title),
            onShow: (productId) => void products.showById(productId),
          }}
        />
      )}
      {drawer && (
        <>
          <button
            type="button"
            className={styles.scrim}
            aria-label={t("closeDrawer")}
            tabIndex={-1}
            onClick={() => setDrawerOpen(false)}
          />
          <OpenConversation value={conversation.conversationId}>
            <Drawer
              conversationId={conversation.conversationId}
              room={room}
              feed={feed}
              now={now}
              tab={tab}
              onTab={setTab}
              onClose={() => setDrawerOpen(false)}
              query={query}
              onQuery={setQuery}
              searchRef={searchRef}
              products={products}
              onReply={(text) => addToDraft(conversation.conversationId, text)}
            />
          </OpenConversation>
        </>
      )}
      {dialog === "help" && <ShortcutsDialog onClose={() => setDialog(null)} />}
      {dialog === "end" && conversation !== null && (
        <EndDialog
          name={conversation.name}
          onClose={() => setDialog(null)}
          onConfirm={() => {
            setDialog(null);
            void attempt(api.end(conversation.conversationId));
          }}
        />
      )}
      <ToastList toasts={toasts} />
    </main>
  );
}

/** The product whose card has the focus, else the first one found. */
function chosenProduct(): string | null {
  const cards = '[data-testid="product-card"]';
  const card =
    document.activeElement?.closest<HTMLElement>(cards) ?? document.querySelector<HTMLElement>(cards);
  return card?.dataset.product ?? null;
}

async function signOut(): Promise<void> {
  await api.ask("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  window.location.assign("/sign-in?next=/desk");
}
