"use client";
/** What the upper of two pictures adds to the stage of the lower: picture and settled marks fade together. */
import { Cursors } from "./cursors";
import { LabelEditor } from "./label-editor";
import { LaserLayer } from "./laser-layer";
import { LiveLayer } from "./live-layer";
import styles from "./over-layers.module.css";
import { PaneProvider, useComparison, usePanel } from "./panel-provider";
import { PictureLayer } from "./picture-layer";
import { SettledMarks } from "./settled-marks";
import { StageState } from "./stage-state";
import { usePictureState } from "./use-picture-state";
import { VideoLayer } from "./video/video-layer";

/** A sheet laid over the lower picture, as opaque as the slider says. */
export function OverPicture() {
  const panel = usePanel();
  const opacity = useComparison()?.opacity ?? 1;
  const { picture, attempt, onState, retry } = usePictureState();
  return (
    <PaneProvider pane={panel.second}>
      <div className={styles.sheet} style={{ opacity }} data-testid="panel-over" data-picture={picture}>
        <PictureLayer attempt={attempt} onState={onState} />
        <VideoLayer />
        <SettledMarks />
      </div>
      {picture === "failed" ? <StageState picture={picture} onRetry={retry} /> : null}
    </PaneProvider>
  );
}

/** What is going on there now is seen whatever the slider says. */
export function OverTouch() {
  const panel = usePanel();
  return (
    <PaneProvider pane={panel.second}>
      <LaserLayer />
      <LiveLayer />
      <Cursors />
      <LabelEditor />
    </PaneProvider>
  );
}
