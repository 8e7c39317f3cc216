"use client";
/**
 * The panel: two or more people look at, and draw on, the same picture. For the frame and the desk alike; needs the
 * message area `panel`. Knows nothing of how the room is connected or who hosts it.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AssetId, ConversationId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { createItemResolver } from "@/lib/ui/chat/item-resolver";
import { useLocale } from "@/lib/ui/messages/provider";
import { Announcer } from "./announcer";
import { TakeFilesContext } from "./camera-tile";
import { CompareBar } from "./compare-bar";
import { createPanel, type Panel } from "./create-panel";
import { createExporter } from "./exporter";
import { handleKey } from "./keyboard-input";
import { NoticesProvider, useNotice } from "./notices";
import { PanelHead } from "./panel-head";
import { PanelProvider, usePanel, usePanelMessages } from "./panel-provider";
import styles from "./panel-view.module.css";
import { Panes } from "./panes";
import { ExporterContext } from "./save-menu";
import { Toolbar } from "./toolbar";
import { PanelRoomContext } from "./use-room";
import { useSpeak } from "./use-spoken";

export interface PanelViewProps {
  readonly room: Room;
  readonly conversationId: ConversationId;
  /** Our server; empty for the same origin. */
  readonly baseUrl: string;
  /** Headers that prove who asks for pictures; empty where the session cookie does. */
  readonly authorization: () => Record<string, string>;
  /** Takes photos from a phone's camera; without it there is no button for them. */
  readonly onFiles?: ((files: readonly File[]) => void) | undefined;
  /** Shows the close button. Closing hides the panel here only. */
  readonly onClose?: (() => void) | undefined;
}

export function PanelView(props: PanelViewProps) {
  const { room, conversationId, baseUrl, authorization, onClose } = props;
  const [panel, setPanel] = useState<Panel | null>(null);
  const latest = useRef(authorization);
  latest.current = authorization;
  const resolveItem = useMemo(
    () => createItemResolver({ baseUrl, conversationId, authorization: () => latest.current() }),
    [baseUrl, conversationId],
  );
  const uncover = useCallback(
    (assetId: AssetId) =>
      fetch(`${baseUrl}/api/v1/conversations/${conversationId}/assets/${assetId}/uncover`, {
        method: "POST",
        headers: latest.current(),
      }).then(
        (response) => response.ok,
        () => false,
      ),
    [baseUrl, conversationId],
  );
  const locale = useLocale();
  const exporter = useMemo(
    () => createExporter({ room, conversationId, baseUrl, locale, authorization: () => latest.current() }),
    [room, conversationId, baseUrl, locale],
  );
  useEffect(() => {
    const created = createPanel(room);
    setPanel(created);
    return () => {
      setPanel(null);
      created.close();
    };
  }, [room]);

  if (!panel) return <div className={styles.panel} />;
  return (
    <PanelRoomContext value={room}>
      <PanelProvider panel={panel} resolveItem={resolveItem} uncover={uncover}>
        <NoticesProvider>
          <ExporterContext value={exporter}>
            <TakeFilesContext value={props.onFiles ?? null}>
              <PanelBody onClose={onClose} />
            </TakeFilesContext>
          </ExporterContext>
        </NoticesProvider>
      </PanelProvider>
    </PanelRoomContext>
  );
}

function PanelBody({ onClose }: { readonly onClose: (() => void) | undefined }) {
  const panel = usePanel();
  const t = usePanelMessages();
  const speak = useSpeak();
  const { announce, say } = useNotice();
  const [toolbarHeight, setToolbarHeight] = useState(64);

  function reached(id: string) {
    const pane = panel.active.get();
    const item = pane.item.get();
    const marks = pane.marks();
    const mark = marks.find((known) => known.id === id);
    if (item && mark) announce(t("spokenReached", { sentence: speak(mark, marks, item) }));
  }

  const options = { onReached: reached, onNothingToCompare: () => say(t("compareNeedsTwo")) };
  return (
    <section
      className={styles.panel}
      aria-label={t("panel")}
      onKeyDown={(event) => {
        const onStage = event.target instanceof Element && event.target.closest("[data-stage]") !== null;
        if (handleKey(event.nativeEvent, panel, onStage, options)) {
          event.preventDefault();
          event.stopPropagation();
        }
      }}
    >
      <PanelHead onClose={onClose} />
      <CompareBar />
      <div className={styles.body}>
        <Panes toolbarHeight={toolbarHeight} />
        <Toolbar onHeight={setToolbarHeight} />
      </div>
      <Announcer />
    </section>
  );
}
