"use client";
import { lazy, Suspense, useState } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { Button } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { ErrorBoundary } from "./error-boundary";
import styles from "./frame-app.module.css";

const importPanel = () => import("@/lib/ui/panel/panel-view");

/** Starts loading the panel's code before it is needed: a photo on its way will be shown in a moment. */
export function preloadPanel(): void {
  // A failure shows when the panel is opened, where it can be tried again.
  importPanel().catch(() => undefined);
}

const loadPanel = () => lazy(() => importPanel().then((module) => ({ default: module.PanelView })));

/** The panel in its own chunk: loaded with the first picture, and once more when loading failed. */
export function PanelHost(props: {
  readonly room: Room;
  readonly conversationId: ConversationId;
  readonly authorization: () => Record<string, string>;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onClose: () => void;
}) {
  const t = useMessages<FrameKey>("frame");
  const [attempt, setAttempt] = useState({ count: 0, View: loadPanel() });
  return (
    <section className={styles.panel} aria-label={t("panel")}>
      {/* A panel that breaks must not take the chat with it. */}
      <ErrorBoundary
        key={attempt.count}
        fallback={
          <div className={styles.panelNote} role="alert">
            <p>{t("panelFailed")}</p>
            <Button onClick={() => setAttempt({ count: attempt.count + 1, View: loadPanel() })}>
              {t("tryAgain")}
            </Button>
            <Button onClick={props.onClose}>{t("dismiss")}</Button>
          </div>
        }
      >
        <Suspense fallback={<p className={styles.panelNote}>{t("panelLoading")}</p>}>
          <attempt.View
            room={props.room}
            conversationId={props.conversationId}
            baseUrl=""
            authorization={props.authorization}
            onFiles={props.onFiles}
            onClose={props.onClose}
          />
        </Suspense>
      </ErrorBoundary>
    </section>
  );
}
