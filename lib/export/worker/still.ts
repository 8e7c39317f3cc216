/** The picture of an item, decoded, or the words that stand for it. */
import { type Image, loadImage, type SKRSContext2D } from "@napi-rs/canvas";
import type { Size } from "@/lib/panel/view";
import { TILE_LONGEST } from "../export-limits";
import { EXPORT_FONT } from "./fonts";
import { clipLine } from "./plain-text";

export interface Still {
  /** Null: there is none, or it cannot be read. */
  readonly image: Image | null;
  readonly missing: string;
}

export async function openStill(bytes: Uint8Array | null, missing: string): Promise<Still> {
  if (bytes === null) return { image: null, missing };
  try {
    const image = await loadImage(bytes);
    return { image: image.width > 0 && image.height > 0 ? image : null, missing };
  } catch {
    // A broken file: its item keeps its place and its marks.
    return { image: null, missing };
  }
}

/** Pixels of an item's export: those of its picture, or of a tile of the same shape. */
export function stillSize({ image }: Still, item: Size, longest: number): Size {
  const least = Math.max(item.width, item.height);
  const pixels = Math.min(
    longest,
    image ? Math.max(image.width, image.height) : Math.min(TILE_LONGEST, least),
  );
  const scale = pixels / least;
  return {
    width: Math.max(1, Math.round(item.width * scale)),
    height: Math.max(1, Math.round(item.height * scale)),
  };
}

const TILE = { paper: "#e9e9ec", ink: "#5b5f68" } as const;

export function paintTile(context: SKRSContext2D, words: string, { width, height }: Size): void {
  context.fillStyle = TILE.paper;
  context.fillRect(0, 0, width, height);
  const size = Math.min(width / 16, height / 4);
  context.save();
  context.font = `500 ${size}px ${EXPORT_FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = TILE.ink;
  context.fillText(clipLine(context, words, width * 0.9), width / 2, height / 2);
  context.restore();
}
