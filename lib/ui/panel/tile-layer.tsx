"use client";
/**
 * The sharp part of a large picture: the tiles of what is looked at, over a smaller size of all of it. A gesture moves
 * all of them by one transform; they are laid out anew when further ones are looked for. What lies between two of them,
 * or is not here yet, shows the smaller size below.
 */
import { useEffect, useRef } from "react";
import type { Item } from "@/lib/panel/schema";
import { levelFor, longestOf, type Tile, tilesWithin } from "@/lib/panel/tiles";
import { visibleBox } from "@/lib/panel/view";
import type { ResolvedItem } from "@/lib/protocol/http";
import type { CameraControl } from "./camera-control";
import { usePane } from "./panel-provider";
import styles from "./picture-layer.module.css";
import { placementOf } from "./placement";

/** Milliseconds between two looks for further tiles while the view moves. */
const LOOK_EVERY_MS = 120;
/** Milliseconds until a tile that did not come is asked for again. */
const AGAIN_MS = 5_000;
/** Tiles are laid out anew when the view rests, and on its way when it has grown or shrunk so much. */
const LAY_ANEW_FROM = 1.5;
/** Tiles kept: a large screen shows about forty; each takes a megabyte decoded. */
const MAX_TILES = 64;

export function TileLayer({ item, resolved }: { readonly item: Item; readonly resolved: ResolvedItem }) {
  const host = useRef<HTMLDivElement>(null);
  const { camera } = usePane();
  useEffect(() => {
    if (!host.current || !resolved.tiles) return;
    return showTiles(host.current, camera, item, resolved.tiles, resolved.sizes.at(-1)?.longest ?? 0);
  }, [camera, item, resolved]);
  return (
    <div className={styles.layer} aria-hidden="true">
      <div ref={host} className={styles.tiles} data-testid="panel-tiles" />
    </div>
  );
}

interface Shown {
  readonly tile: Tile;
  readonly image: HTMLImageElement;
}

/** @param wholeLongest longest side of the size that lies below, pixels. @returns ends it */
function showTiles(
  host: HTMLElement,
  camera: CameraControl,
  item: Item,
  tiles: NonNullable<ResolvedItem["tiles"]>,
  wholeLongest: number,
): () => void {
  /** By level, column and row; in the order in which they were last looked at. */
  const known = new Map<string, Shown>();
  const loading = new Set<string>();
  let wanted = new Set<string>();
  let level = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const addressOf = (tile: Tile) =>
    tiles.url
      .replace("{level}", String(tile.level))
      .replace("{column}", String(tile.column))
      .replace("{row}", String(tile.row));

  const placement = () => placementOf(camera.camera.get(), item, camera.viewport.get(), 1);
  /** How the picture lay when the tiles were laid out. */
  let laid = placement();

  function place({ tile, image }: Shown): void {
    const { scale, x, y } = laid;
    // A tile's own pixels: those at the right and lower edge may be rounded up.
    const across = (tile.w * scale) / image.naturalWidth;
    const down = (tile.h * scale) / image.naturalHeight;
    image.style.transform = `matrix(${across},0,0,${down},${x + tile.x * scale},${y + tile.y * scale})`;
  }

  async function load(key: string, tile: Tile): Promise<void> {
    loading.add(key);
    const image = new Image();
    image.className = styles.tile ?? "";
    image.draggable = false;
    image.alt = "";
    image.src = addressOf(tile);
    try {
      await image.decode();
    } catch {
      // The size below stays; the next look asks again.
      if (!closed) timer ??= setTimeout(look, AGAIN_MS);
      return;
    } finally {
      loading.delete(key);
    }
    if (closed || !wanted.has(key)) return;
    const shown = { tile, image };
    known.set(key, shown);
    place(shown);
    host.append(image);
    tidy();
  }

  /** Tiles of other levels go when those of this one are all there; too many are never kept. */
  function tidy(): void {
    const complete = [...wanted].every((key) => known.has(key));
    for (const [key, { tile, image }] of known) {
      const stays = wanted.has(key) || (known.size <= MAX_TILES && !(complete && tile.level !== level));
      if (stays) continue;
      image.remove();
      known.delete(key);
    }
    host.dataset.sharp = String(complete);
  }

  function look(): void {
    timer = undefined;
    const now = placement();
    if (!camera.moving.get() || Math.abs(Math.log(now.scale / laid.scale)) > Math.log(LAY_ANEW_FROM)) {
      laid = now;
      host.style.transform = "";
      for (const shown of known.values()) place(shown);
    }
    const [view, viewport] = [camera.camera.get(), camera.viewport.get()];
    level = levelFor(item, now.scale * devicePixelRatio);
    const needed =
      longestOf(item, level) > wholeLongest
        ? tilesWithin(item, tiles.size, level, visibleBox(view, item, viewport))
        : [];
    wanted = new Set(needed.map(keyOf));
    for (const tile of needed) {
      const key = keyOf(tile);
      const shown = known.get(key);
      // To the end of the line of those that may go.
      if (shown && known.delete(key)) known.set(key, shown);
      else if (!loading.has(key)) load(key, tile);
    }
    host.dataset.level = needed.length > 0 ? String(level) : "";
    tidy();
  }

  function moved(): void {
    const now = placement();
    const grown = now.scale / laid.scale;
    host.style.transform = `matrix(${grown},0,0,${grown},${now.x - laid.x * grown},${now.y - laid.y * grown})`;
    timer ??= setTimeout(look, LOOK_EVERY_MS);
  }
  look();
  const stops = [
    camera.camera.subscribe(moved),
    camera.viewport.subscribe(moved),
    camera.moving.subscribe(moved),
  ];
  return () => {
    closed = true;
    clearTimeout(timer);
    for (const stop of stops) stop();
    host.replaceChildren();
  };
}

const keyOf = ({ level, column, row }: Tile) => `${level}/${column}_${row}`;
