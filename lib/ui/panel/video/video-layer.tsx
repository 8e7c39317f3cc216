"use client";
/**
 * The browser's video over its poster, moved by transform like a picture. Looks for the file, says how far it has come,
 * and asks once more for an address that may have expired. When to play is not decided here.
 */
import { useEffect, useRef, useState } from "react";
import type { Item } from "@/lib/panel/schema";
import type { ResolvedItem } from "@/lib/protocol/http";
import { useItem, usePane, usePanelParts, useSnapshot } from "../panel-provider";
import { placementOf } from "../placement";
import styles from "./video-layer.module.css";
import { useVideoRetry } from "./video-retry";

type Source = NonNullable<ResolvedItem["video"]>;

export function VideoLayer() {
  const item = useItem();
  if (!item || item.duration === null) return null;
  return <Video key={`${item.id} ${item.covered}`} item={item} />;
}

function Video({ item }: { readonly item: Item }) {
  const { resolveItem } = usePanelParts();
  const pane = usePane();
  const { media } = pane.playing;
  const online = useSnapshot().connection === "online";
  const attempt = useVideoRetry(pane);
  const element = useRef<HTMLVideoElement>(null);
  const [source, setSource] = useState<Source | null>(null);
  /** Nothing to see of it but its place. */
  const [bare, setBare] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  /** Whether a fresh address was asked for since it last played. */
  const asked = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to ask again
  useEffect(() => {
    let stale = false;
    media.set("loading");
    setSource(null);
    resolveItem({ assetId: item.assetId, productId: item.productId }).then((answer) => {
      if (stale) return;
      const video = answer?.video ?? null;
      setBare(answer?.sizes.length === 0 && !answer.covered);
      if (!video) media.set(answer?.covered ? "none" : "failed");
      else if (!canPlay(video)) media.set("unplayable");
      else setSource(video);
    });
    return () => {
      stale = true;
      media.set("none");
    };
  }, [item.assetId, item.productId, resolveItem, media, attempt.count]);

  useEffect(() => {
    if (online && media.get() === "failed") attempt.again();
  }, [online, media, attempt.again]);

  useEffect(() => {
    const video = element.current;
    if (!video || !source) return;
    const usable = () => {
      asked.current = false;
      video.dataset.seen = "true";
      if (media.get() !== "blocked") media.set("ready");
    };
    const stalls = () => {
      if (media.get() === "ready") media.set("stalled");
    };
    const shows = () => {
      // Sound alone: the pictures are of a kind that this browser does not know.
      if (video.videoWidth === 0) media.set("unplayable");
    };
    const fails = () => {
      if (!asked.current) {
        asked.current = true;
        attempt.again();
      } else media.set(source.playsAnywhere ? "failed" : "unplayable");
    };
    const stopRun = pane.videoRun.attach(video);
    const events = { canplay: usable, playing: usable, waiting: stalls, loadedmetadata: shows, error: fails };
    for (const [event, act] of Object.entries(events)) video.addEventListener(event, act);
    return () => {
      for (const [event, act] of Object.entries(events)) video.removeEventListener(event, act);
      stopRun();
    };
  }, [source, pane, media, attempt.again]);

  useEffect(() => {
    const { camera } = pane;
    const place = () => {
      const size = camera.picture.get();
      if (!size || !host.current) return;
      const { scale, x, y } = placementOf(camera.camera.get(), size, camera.viewport.get(), 1);
      host.current.style.transform = `matrix(${scale},0,0,${scale},${x},${y})`;
    };
    place();
    const stops = [
      camera.camera.subscribe(place),
      camera.viewport.subscribe(place),
      camera.picture.subscribe(place),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [pane]);

  return (
    <div className={styles.layer} aria-hidden="true">
      <div ref={host} className={styles.place} style={{ width: item.width, height: item.height }}>
        {bare ? <div className={styles.bare} /> : null}
        {source ? (
          // biome-ignore lint/a11y/useMediaCaption: what customers film has no captions
          <video
            ref={element}
            className={styles.video}
            src={source.url}
            playsInline
            preload="auto"
            disablePictureInPicture
            disableRemotePlayback
            tabIndex={-1}
            data-testid="panel-video"
          />
        ) : null}
      </div>
    </div>
  );
}

const canPlay = ({ type }: Source): boolean => document.createElement("video").canPlayType(type) !== "";
