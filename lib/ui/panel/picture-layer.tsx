"use client";
/**
 * The picture: a small blurred size at once, then the one that is sharp at this zoom and density. Moved by transform
 * only. A new size is decoded before it replaces the old one, so nothing flashes.
 */
import { useEffect, useRef, useState } from "react";
import type { Size } from "@/lib/panel/view";
import type { ResolvedItem } from "@/lib/protocol/http";
import { isUnfinished } from "@/lib/ui/chat/item-resolver";
import { useCell } from "./cell";
import type { Placement } from "./paint/settled-layer";
import { useItem, usePane, usePanelParts } from "./panel-provider";
import styles from "./picture-layer.module.css";
import { placementOf } from "./placement";
import { TileLayer } from "./tile-layer";

export type PictureState = "none" | "loading" | "ready" | "failed" | "covered";

/** Milliseconds until it is asked again whether larger sizes or tiles are there; then ever later: they may never come. */
const AGAIN_MS = 600;
const LATER_BY = 1.4;

/** The smallest size that has at least this many pixels on its longest side, else the largest. */
export function sizeFor(resolved: ResolvedItem, pixels: number): { longest: number; url: string } | null {
  return resolved.sizes.find((size) => size.longest >= pixels) ?? resolved.sizes.at(-1) ?? null;
}

/** What is enough below tiles that are sharper: where they cover all, the largest size is seen by nobody. */
function tilesCover({ tiles, sizes }: ResolvedItem, pixels: number): { longest: number; url: string } | null {
  const largest = sizes.at(-1);
  return tiles && largest && pixels > largest.longest ? (sizes.at(-2) ?? null) : null;
}

async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.decoding = "async";
  image.draggable = false;
  image.alt = "";
  image.src = url;
  await image.decode();
  return image;
}

/** Each at its own size, scaled: one stretched to the size of a large picture would be painted at that size. */
function placeImages(host: HTMLElement, { width, height }: Size, { scale, x, y }: Placement): void {
  for (const image of host.children) {
    if (!(image instanceof HTMLImageElement)) continue;
    const [across, down] = [(scale * width) / image.naturalWidth, (scale * height) / image.naturalHeight];
    image.style.transform = `matrix(${across},0,0,${down},${x},${y})`;
  }
}

/** @param attempt grows with each retry. */
export function PictureLayer(props: {
  readonly attempt: number;
  readonly onState: (state: PictureState) => void;
}) {
  const { attempt, onState } = props;
  const host = useRef<HTMLDivElement>(null);
  const { resolveItem } = usePanelParts();
  const pane = usePane();
  const item = useItem();
  const moving = useCell(pane.camera.moving);
  const [resolved, setResolved] = useState<{ readonly itemId: string; readonly item: ResolvedItem } | null>(
    null,
  );
  const loaded = useRef<{ itemId: string; longest: number } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to ask again
  useEffect(() => {
    let stale = false;
    host.current?.replaceChildren();
    loaded.current = null;
    setResolved(null);
    if (!item) return onState("none");
    onState("loading");
    resolveItem({ assetId: item.assetId, productId: item.productId }).then((answer) => {
      if (stale) return;
      if (answer?.covered) onState("covered");
      else if (answer) setResolved({ itemId: item.id, item: answer });
      else onState("failed");
    });
    return () => {
      stale = true;
    };
  }, [item?.id, item?.assetId, item?.covered, resolveItem, attempt]);

  // A picture is shown as soon as it is usable; its larger sizes follow, and a large one's tiles.
  useEffect(() => {
    if (!item || !resolved || !isUnfinished(resolved.item)) return;
    let stale = false;
    let timer: ReturnType<typeof setTimeout>;
    const again = (after: number) => {
      timer = setTimeout(async () => {
        const answer = await resolveItem({ assetId: item.assetId, productId: item.productId });
        if (stale) return;
        if (answer?.tiles || (answer && answer.sizes.length > resolved.item.sizes.length))
          setResolved({ itemId: item.id, item: answer });
        else again(after * LATER_BY);
      }, after);
    };
    again(AGAIN_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [item, resolved, resolveItem]);

  useEffect(() => {
    const element = host.current;
    if (!element || !item || !resolved || resolved.itemId !== item.id || moving) return;
    let stale = false;
    const { camera } = pane;
    const placement = placementOf(camera.camera.get(), item, camera.viewport.get(), devicePixelRatio);
    const pixels = Math.max(item.width, item.height) * placement.scale * devicePixelRatio;
    const wanted = tilesCover(resolved.item, pixels) ?? sizeFor(resolved.item, pixels);
    const first = resolved.item.sizes[0];
    // A video without a poster shows itself.
    if (!wanted || !first) return onState(resolved.item.video ? "ready" : "failed");

    async function load(size: { longest: number; url: string }, blurred: boolean): Promise<boolean> {
      try {
        const image = await decoded(size.url);
        if (stale || !element || !item) return true;
        if ((loaded.current?.longest ?? 0) >= size.longest) return true;
        image.className = `${styles.picture} ${blurred ? styles.blurred : ""}`;
        element.append(image);
        place(element);
        while (element.firstElementChild !== image) element.firstElementChild?.remove();
        loaded.current = { itemId: item.id, longest: size.longest };
        return true;
      } catch {
        return false;
      }
    }

    async function run(size: { longest: number; url: string }, small: { longest: number; url: string }) {
      if ((loaded.current?.longest ?? 0) >= size.longest) return;
      if (!loaded.current && small.longest < size.longest) await load(small, true);
      const ok = await load(size, false);
      if (!stale) onState(ok || loaded.current ? "ready" : "failed");
    }

    function place(target: HTMLElement) {
      const size = camera.picture.get();
      if (size) placeImages(target, size, placementOf(camera.camera.get(), size, camera.viewport.get(), 1));
    }
    run(wanted, first);
    return () => {
      stale = true;
    };
  }, [item, resolved, moving, pane, onState]);

  useEffect(() => {
    const { camera } = pane;
    const place = () => {
      const size = camera.picture.get();
      if (!size || !host.current) return;
      placeImages(host.current, size, placementOf(camera.camera.get(), size, camera.viewport.get(), 1));
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

  const tiled = item && resolved?.itemId === item.id && resolved.item.tiles ? resolved.item : null;
  return (
    <>
      <div ref={host} className={styles.layer} aria-hidden="true" />
      {item && tiled ? <TileLayer item={item} resolved={tiled} /> : null}
    </>
  );
}
