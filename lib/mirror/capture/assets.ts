/**
 * Pictures and typefaces for viewers who may not or cannot load them themselves: read here, with her session, and sent. Only
 * what this capture told of, only what is a picture or a typeface, only so large.
 */
import { MAX_ASSET_BYTES } from "../wire/page-message";
import type { View } from "./page-dom";

export interface Assets {
  /** For what viewers show as a picture and the page does not; empty when there are too many. */
  keyOf(address: string): string;
  /** A picture made here, until it is dropped. */
  hold(key: string, picture: Blob): void;
  drop(key: string): void;
  send(key: string): void;
}

/** Addresses with a key of ours; others have the gate's. */
const MAX_KEYS = 500;
const OWN = "asset:u";
/** Read at the same time. */
const MAX_READING = 6;
/** Asked for and not read yet. */
const MAX_WAITING = 1_000;
const TYPES =
  /^(image\/(png|jpeg|webp|gif|avif|svg\+xml|bmp|x-icon|vnd\.microsoft\.icon)|font\/[\w-]{2,20}|application\/(x-)?font-[\w-]{2,20})$/;
/** How typefaces begin that are served as anything. */
const FONTS: Readonly<Record<string, string>> = {
  wOF2: "font/woff2",
  wOFF: "font/woff",
  OTTO: "font/otf",
  "\0\u0001\0\0": "font/ttf",
};

/**
 * @param addressOf what a number of the gate stands for
 * @param post gets the body of an `asset`
 */
export function openAssets(
  view: View,
  addressOf: (key: string) => string | null,
  post: (body: Uint8Array) => void,
): Assets {
  const { fetch } = view;
  const addresses: string[] = [];
  const held = new Map<string, Blob>();
  const waiting = new Set<string>();
  let reading = 0;

  const load = async (url: string): Promise<Blob> => {
    try {
      const response = await fetch.call(view, url);
      if (response.ok) return await response.blob();
    } catch {
      // The page's policy may forbid it to scripts, and not to pictures.
    }
    return paint(view, url);
  };
  const serve = async (key: string): Promise<void> => {
    const url = addressOf(key) ?? (key.startsWith(OWN) ? addresses[Number(key.slice(OWN.length))] : null);
    const blob = held.get(key) ?? (url ? await load(url) : null);
    if (!blob || blob.size > MAX_ASSET_BYTES) return;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const type = typeOf(blob.type, bytes);
    if (type) post(pack(key, type, bytes));
  };
  const read = (): void => {
    for (const key of waiting) {
      if (reading >= MAX_READING) return;
      waiting.delete(key);
      reading++;
      serve(key)
        .catch(() => {
          // It stays a box at the viewers'.
        })
        .finally(() => {
          reading--;
          read();
        });
    }
  };
  return {
    keyOf(address) {
      const known = addresses.indexOf(address);
      if (known < 0 && addresses.length >= MAX_KEYS) return "";
      return OWN + (known < 0 ? addresses.push(address) - 1 : known);
    },
    hold: (key, picture) => void held.set(key, picture),
    drop: (key) => void held.delete(key),
    send(key) {
      if (waiting.size < MAX_WAITING) waiting.add(key);
      read();
    },
  };
}

function typeOf(said: string, bytes: Uint8Array): string | null {
  const plain = said.replace(/;.*/, "").trim().toLowerCase();
  if (TYPES.test(plain)) return plain;
  return FONTS[String.fromCharCode(...bytes.subarray(0, 4))] ?? null;
}

function pack(key: string, type: string, bytes: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const names = [key, type].map((name) => encoder.encode(name));
  const body = new Uint8Array(names.reduce((sum, name) => sum + name.length + 1, bytes.length));
  let at = 0;
  for (const name of names) {
    body[at] = name.length;
    body.set(name, at + 1);
    at += name.length + 1;
  }
  body.set(bytes, at);
  return body;
}

async function paint(view: View, url: string): Promise<Blob> {
  const image = new view.Image();
  image.src = url;
  await image.decode();
  const canvas = view.document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No picture."))));
  });
}
