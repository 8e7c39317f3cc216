"use client";
/** What a video says when it cannot just play: on its way, wanting a touch, or not to be had. Its poster stays. */
import Play from "lucide-react/icons/play";
import VideoOff from "lucide-react/icons/video-off";
import { useCell } from "../cell";
import { usePane, usePanelMessages } from "../panel-provider";
import { retryVideo } from "./video-retry";
import styles from "./video-state.module.css";

export function VideoState() {
  const pane = usePane();
  const t = usePanelMessages();
  const media = useCell(pane.playing.media);
  const running = useCell(pane.playing.running);
  switch (media) {
    case "blocked":
      return running ? (
        <button
          type="button"
          className={styles.along}
          data-panel-chrome=""
          data-testid="video-along"
          onClick={pane.videoRun.playAlong}
        >
          <Play size={20} fill="currentColor" aria-hidden="true" />
          {t("videoAlong")}
        </button>
      ) : null;
    case "loading":
    case "stalled":
      return (
        <div className={`${styles.note} ${styles.late}`} data-testid="video-loading">
          {t("videoLoading")}
        </div>
      );
    case "failed":
      return (
        <div className={styles.note} role="alert" data-panel-chrome="" data-testid="video-failed">
          <VideoOff size={16} aria-hidden="true" />
          {t("videoFailed")}
          <button type="button" onClick={() => retryVideo(pane)}>
            {t("retry")}
          </button>
        </div>
      );
    case "unplayable":
      return (
        <div className={styles.note} role="alert" data-testid="video-unplayable">
          <VideoOff size={16} aria-hidden="true" />
          {t("videoUnplayable")}
        </div>
      );
    case "none":
    case "ready":
      return null;
  }
}
