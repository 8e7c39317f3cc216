"use client";
/** Under a video: play, where it is, the marks' moments, how fast, and one's own sound. */
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import Volume2 from "lucide-react/icons/volume-2";
import VolumeX from "lucide-react/icons/volume-x";
import { clockText } from "@/lib/panel/moments";
import { playbackRates } from "@/lib/panel/playback";
import { useCell, usePicked } from "../cell";
import { useItem, usePane, usePanelMessages } from "../panel-provider";
import { Timeline } from "./timeline";
import styles from "./video-controls.module.css";

/** CSS pixels that the controls take of the stage's height. */
export const CONTROLS_PX = 56;
const S = 1_000;

/** @param bottom CSS pixels from the stage's lower edge. */
export function VideoControls({ bottom }: { readonly bottom: number }) {
  const pane = usePane();
  const item = useItem();
  const t = usePanelMessages();
  const { playing } = pane;
  const running = useCell(playing.running);
  const { rate } = useCell(playing.playback);
  const muted = useCell(playing.muted);
  const hushed = useCell(playing.hushed);
  const seconds = usePicked(pane.position, (position) => Math.floor(position / S));
  if (!item || item.duration === null) return null;
  const playName = t(running ? "videoPause" : "videoPlay");
  const soundName = t(hushed ? "videoHushed" : muted ? "videoUnmute" : "videoMute");
  return (
    <div
      className={styles.place}
      style={{ bottom, height: CONTROLS_PX }}
      data-panel-chrome=""
      data-testid="video-controls"
      data-running={running}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame */}
      <div className={styles.bar} role="group" aria-label={t("videoControls")}>
        <button
          type="button"
          className={styles.button}
          data-testid="video-play"
          aria-label={playName}
          aria-keyshortcuts="K"
          title={`${playName} (K)`}
          onClick={playing.toggle}
        >
          {running ? (
            <Pause size={20} fill="currentColor" strokeWidth={1} aria-hidden="true" />
          ) : (
            <Play size={20} fill="currentColor" strokeWidth={1} aria-hidden="true" />
          )}
        </button>
        <span className={styles.time} data-testid="video-time" aria-hidden="true">
          {clockText(seconds * S)}
          <i> / {clockText(item.duration)}</i>
        </span>
        <Timeline key={item.id} item={item} duration={item.duration} />
        <select
          className={styles.rate}
          data-testid="video-rate"
          aria-label={t("videoRate")}
          title={t("videoRate")}
          value={rate}
          onChange={(event) => {
            const chosen = playbackRates.find((known) => String(known) === event.target.value);
            if (chosen) playing.setRate(chosen);
          }}
        >
          {playbackRates.map((known) => (
            <option key={known} value={known}>
              {t("videoTimes", { rate: known })}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={styles.button}
          data-testid="video-sound"
          data-hushed={hushed}
          aria-label={soundName}
          title={soundName}
          onClick={() => playing.muted.set(!muted)}
        >
          {muted ? <VolumeX size={20} aria-hidden="true" /> : <Volume2 size={20} aria-hidden="true" />}
        </button>
      </div>
    </div>
  );
}
