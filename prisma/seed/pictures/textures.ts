/**
 * Surfaces as seamless tiles: a height field computed here, lit from the upper left, stored as black and white alpha to
 * lay over any colour. Far quicker than feTurbulence over a whole picture, and leather really has pebbles.
 */
import sharp, { type Sharp } from "sharp";
import { seeded } from "./random";

/** Side of a tile, pixels. */
const N = 512;
const at = (x: number, y: number) => ((y + N) % N) * N + ((x + N) % N);

function field(height: (x: number, y: number) => number): Float32Array {
  const out = new Float32Array(N * N);
  for (let y = 0; y < N; y++) for (let x = 0; x < N; x++) out[y * N + x] = height(x, y);
  return out;
}

/** Seamless value noise with `cells` cells across the tile in each direction. */
function noise(seed: number, cellsX: number, cellsY = cellsX): (x: number, y: number) => number {
  const random = seeded(seed);
  const grid = Float32Array.from({ length: cellsX * cellsY }, random);
  const smooth = (t: number) => t * t * (3 - 2 * t);
  const value = (cx: number, cy: number) => grid[(cy % cellsY) * cellsX + (cx % cellsX)] ?? 0;
  return (x, y) => {
    const fx = (x / N) * cellsX;
    const fy = (y / N) * cellsY;
    const cx = Math.floor(fx);
    const cy = Math.floor(fy);
    const tx = smooth(fx - cx);
    const ty = smooth(fy - cy);
    const top = value(cx, cy) * (1 - tx) + value(cx + 1, cy) * tx;
    const bottom = value(cx, cy + 1) * (1 - tx) + value(cx + 1, cy + 1) * tx;
    return top * (1 - ty) + bottom * ty;
  };
}

/** Pebbled grain: distance to the nearest and second nearest of jittered points. */
function leather(): Float32Array {
  const CELLS = 34;
  const size = N / CELLS;
  const random = seeded(7);
  const px: number[] = [];
  const py: number[] = [];
  for (let i = 0; i < CELLS * CELLS; i++) {
    px.push(0.5 + (random() - 0.5) * 0.95);
    py.push(0.5 + (random() - 0.5) * 0.95);
  }
  const fine = noise(11, 128);
  const broad = noise(12, 9);
  return field((x, y) => {
    const gx = Math.floor(x / size);
    const gy = Math.floor(y / size);
    let first = 1e9;
    let second = 1e9;
    for (let j = -1; j <= 1; j++)
      for (let i = -1; i <= 1; i++) {
        const k = ((gy + j + CELLS) % CELLS) * CELLS + ((gx + i + CELLS) % CELLS);
        const dx = (gx + i + (px[k] ?? 0)) * size - x;
        const dy = (gy + j + (py[k] ?? 0)) * size - y;
        const d = Math.hypot(dx, dy);
        if (d < first) {
          second = first;
          first = d;
        } else if (d < second) second = d;
      }
    const edge = Math.min(1, (second - first) / (size * 0.5));
    return Math.sqrt(edge) * (2.4 + broad(x, y) * 1.6) + fine(x, y) * 0.8;
  });
}

/** Plain weave; `threads` across the tile (even), uneven in thickness as real yarn is. */
function weave(threads: number, slub: number, seed: number): Float32Array {
  const period = N / threads;
  const along = noise(seed, threads, 16);
  const across = noise(seed + 1, 16, threads);
  const fuzz = noise(seed + 2, 200);
  return field((x, y) => {
    const column = Math.floor(x / period);
    const row = Math.floor(y / period);
    const u = (x % period) / period;
    const v = (y % period) / period;
    const warpOver = (column + row) % 2 === 0;
    const warp = Math.sin(Math.PI * u) * (warpOver ? 1 : 0.35) * (1 + slub * (along(x, y) - 0.5));
    const weft = Math.sin(Math.PI * v) * (warpOver ? 0.35 : 1) * (1 + slub * (across(x, y) - 0.5));
    const bend = warpOver ? Math.sin(Math.PI * v) : Math.sin(Math.PI * u);
    return Math.max(warp, weft) * 3 * (0.6 + 0.4 * bend) + fuzz(x, y) * 0.5;
  });
}

function suede(): Float32Array {
  const a = noise(21, 170);
  const b = noise(22, 60, 90);
  const c = noise(23, 8);
  return field((x, y) => a(x, y) * 1.6 + b(x, y) * 1.3 + c(x, y) * 3);
}

function brushed(): Float32Array {
  const a = noise(31, 5, 256);
  const b = noise(32, 14, 512);
  return field((x, y) => a(x, y) * 1.1 + b(x, y) * 1.3);
}

function wood(): Float32Array {
  const warp = noise(41, 3, 4);
  const pores = noise(42, 18, 256);
  const rings = noise(43, 2, 20);
  return field(
    (x, y) =>
      Math.sin((y / N) * 2 * Math.PI * 9 + warp(x, y) * 9) * 2.2 + pores(x, y) * 2.2 + rings(x, y) * 5,
  );
}

function plaster(): Float32Array {
  const a = noise(51, 6);
  const b = noise(52, 40);
  const c = noise(53, 220);
  return field((x, y) => a(x, y) * 5 + b(x, y) * 0.9 + c(x, y) * 0.45);
}

async function overlay(height: Float32Array, strength: number): Promise<string> {
  const pixels = Buffer.alloc(N * N * 4);
  for (let y = 0; y < N; y++)
    for (let x = 0; x < N; x++) {
      const h = (dx: number, dy: number) => height[at(x + dx, y + dy)] ?? 0;
      const light = (h(1, 0) - h(-1, 0) + (h(0, 1) - h(0, -1))) * strength;
      const i = (y * N + x) * 4;
      const tone = light > 0 ? 255 : 0;
      pixels[i] = tone;
      pixels[i + 1] = tone;
      pixels[i + 2] = tone;
      pixels[i + 3] = Math.min(210, Math.abs(light) * (light > 0 ? 90 : 130));
    }
  return address(sharp(pixels, { raw: { width: N, height: N, channels: 4 } }));
}

const recipes = {
  leather: () => overlay(leather(), 0.42),
  canvas: () => overlay(weave(32, 0.7, 61), 0.36),
  linen: () => overlay(weave(64, 1.5, 71), 0.3),
  suede: () => overlay(suede(), 0.5),
  brushed: () => overlay(brushed(), 0.34),
  wood: () => overlay(wood(), 0.3),
  plaster: () => overlay(plaster(), 0.35),
} as const;
export type TextureName = keyof typeof recipes;

const made = new Map<string, Promise<string>>();

/** Data address of a tile, `scale` times 512 pixels wide; computed once a process. */
export function textureTile(name: TextureName, scale: 1 | 2): Promise<string> {
  const key = `${name}${scale}`;
  const present = made.get(key);
  if (present) return present;
  const tile = scale === 1 ? recipes[name]() : textureTile(name, 1).then(enlarged);
  made.set(key, tile);
  return tile;
}

async function enlarged(tile: string): Promise<string> {
  const bytes = Buffer.from(tile.slice(tile.indexOf(",") + 1), "base64");
  return address(sharp(bytes).resize(N * 2, N * 2, { kernel: "cubic" }));
}

async function address(picture: Sharp): Promise<string> {
  return `data:image/png;base64,${(await picture.png({ compressionLevel: 3 }).toBuffer()).toString("base64")}`;
}

export const isTextureName = (name: string): name is TextureName => name in recipes;
export const TILE_PIXELS = N;
