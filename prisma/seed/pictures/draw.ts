/** The draughtsman's hand: shapes with volume, seams, metal and shadow, as SVG text in a 1600 x 2000 picture. */
import { darker, lighter } from "./color";

let counter = 0;
/** Ids only need to be unique within one picture; a running number is. */
const nextId = () => `k${counter++}`;
/** Called before each picture, so that a picture's text does not depend on those drawn before it. */
export function restartIds(): void {
  counter = 0;
}

export interface Surface {
  /** Texture laid over, such as "leather". */
  readonly texture?: string;
  readonly textureOpacity?: number;
  /** 0 flat ... 1 strongly modelled. */
  readonly volume?: number;
  /** Width of the darkened rim, pixels. */
  readonly rim?: number;
  /** Centre of the highlight as fractions of the shape's box. */
  readonly light?: readonly [number, number];
  readonly gloss?: number;
}

/** A closed shape that looks round: base gradient, texture, soft rim, highlight. */
export function solid(d: string, color: string, options: Surface = {}): string {
  const { texture, textureOpacity = 1, volume = 0.5, rim = 90, light = [0.34, 0.22], gloss = 0.3 } = options;
  const base = nextId();
  const shine = nextId();
  const clip = nextId();
  let rims = "";
  const RINGS = 9;
  for (let i = 1; i <= RINGS; i++)
    rims += `<path d="${d}" fill="none" stroke="#120c08" stroke-opacity="${(0.05 * volume).toFixed(3)}" stroke-width="${((rim * i * i) / (RINGS * RINGS)).toFixed(1)}"/>`;
  return `<linearGradient id="${base}" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${lighter(color, 0.2 * volume)}"/><stop offset=".45" stop-color="${color}"/><stop offset="1" stop-color="${darker(color, 0.45 * volume)}"/></linearGradient>
<radialGradient id="${shine}" cx="${light[0]}" cy="${light[1]}" r=".6"><stop offset="0" stop-color="#fff8ec" stop-opacity="${gloss}"/><stop offset=".5" stop-color="#fff8ec" stop-opacity="${gloss * 0.25}"/><stop offset="1" stop-color="#fff8ec" stop-opacity="0"/></radialGradient>
<clipPath id="${clip}"><path d="${d}"/></clipPath><path d="${d}" fill="url(#${base})"/>${texture ? `<path d="${d}" fill="url(#${texture})" opacity="${textureOpacity}"/>` : ""}<path d="${d}" fill="url(#${shine})"/><g clip-path="url(#${clip})">${rims}</g>`;
}

/** Clips `inner` to the shape. */
export function within(d: string, inner: string): string {
  const clip = nextId();
  return `<clipPath id="${clip}"><path d="${d}"/></clipPath><g clip-path="url(#${clip})">${inner}</g>`;
}

/** A sewn line: the groove the thread pulls into the material, its shadow, and the thread. */
export function stitches(d: string, thread: string, length = 15, width = 4.2): string {
  const dash = `stroke-dasharray="${length} ${(length * 0.62).toFixed(1)}"`;
  const line = (extra: string) => `<path d="${d}" fill="none" stroke-linecap="round" ${extra}/>`;
  return (
    line(`stroke="#000" stroke-opacity=".16" stroke-width="${width * 2.4}"`) +
    line(
      `stroke="#000" stroke-opacity=".5" stroke-width="${width * 1.25}" transform="translate(1.2 1.8)" ${dash}`,
    ) +
    line(`stroke="${thread}" stroke-width="${width}" ${dash}`) +
    line(
      `stroke="#fff" stroke-opacity=".45" stroke-width="${width * 0.3}" transform="translate(-.6 -1)" ${dash}`,
    )
  );
}

/** A cut edge or fold: dark line with a light one beside it. */
export function crease(d: string, width = 5, opacity = 0.5): string {
  return `<path d="${d}" fill="none" stroke="#000" stroke-opacity="${opacity}" stroke-width="${width}" stroke-linecap="round"/><path d="${d}" fill="none" stroke="#fff" stroke-opacity="${opacity * 0.45}" stroke-width="${width * 0.5}" stroke-linecap="round" transform="translate(1 ${width * 0.8})"/>`;
}

/** A soft-edged broad line, for folds and shadows, without a blur filter (those cost a second a picture). */
export function soft(d: string, color: string, width: number, opacity: number): string {
  let out = "";
  const LAYERS = width > 90 ? 18 : 9;
  for (let i = 1; i <= LAYERS; i++)
    out += `<path d="${d}" fill="none" stroke="${color}" stroke-opacity="${(opacity / LAYERS).toFixed(3)}" stroke-width="${((width * i) / LAYERS).toFixed(1)}" stroke-linecap="round" stroke-linejoin="round"/>`;
  return out;
}

/** A strap: a path drawn as a band with edges, texture and seams on both sides. */
export function strap(
  d: string,
  color: string,
  width: number,
  options: { texture?: string; thread?: string } = {},
): string {
  const line = (stroke: string, w: number, extra = "") =>
    `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${w}" ${extra}/>`;
  const inner = width * 0.62;
  return (
    line("#1a120c", width + 5, 'stroke-opacity=".55"') +
    line(darker(color, 0.35), width) +
    line(color, width * 0.86) +
    line(lighter(color, 0.16), width * 0.5, 'stroke-opacity=".5"') +
    line(lighter(color, 0.3), width * 0.2, 'stroke-opacity=".35"') +
    (options.texture ? line(`url(#${options.texture})`, width) : "") +
    (options.thread
      ? line(options.thread, inner + 5, 'stroke-dasharray="13 8"') +
        line(color, inner - 3) +
        line(`url(#${options.texture ?? "leather"})`, inner - 3)
      : "")
  );
}

/** Polished metal from left to right. */
export function metalGradient(id: string, tone: string, vertical = false): string {
  const stops = [0.35, -0.25, 0.75, -0.1, 0.3, -0.5, 0.15];
  const end = vertical ? 'x1="0" y1="0" x2="0" y2="1"' : 'x1="0" y1="0" x2="1" y2="0"';
  return `<linearGradient id="${id}" ${end}>${stops
    .map(
      (s, i) =>
        `<stop offset="${(i / (stops.length - 1)).toFixed(2)}" stop-color="${s > 0 ? lighter(tone, s) : darker(tone, -s)}"/>`,
    )
    .join("")}</linearGradient>`;
}

/** A rivet or stud seen from the front. */
export function rivet(x: number, y: number, r: number, tone: string): string {
  const id = nextId();
  return `<radialGradient id="${id}" cx=".36" cy=".3" r=".75"><stop offset="0" stop-color="${lighter(tone, 0.85)}"/><stop offset=".4" stop-color="${tone}"/><stop offset="1" stop-color="${darker(tone, 0.6)}"/></radialGradient><circle cx="${x + r * 0.15}" cy="${y + r * 0.3}" r="${r * 1.15}" fill="#000" fill-opacity=".35"/><circle cx="${x}" cy="${y}" r="${r}" fill="url(#${id})"/><circle cx="${x}" cy="${y}" r="${r * 0.62}" fill="none" stroke="#000" stroke-opacity=".28" stroke-width="${r * 0.09}"/>`;
}

/** A framed buckle with a prong, centred. */
export function buckle(x: number, y: number, w: number, h: number, tone: string): string {
  const id = nextId();
  const bar = Math.min(w, h) * 0.13;
  const frame = (dx: number, dy: number, extra: string) =>
    `<rect x="${x - w / 2 + dx}" y="${y - h / 2 + dy}" width="${w}" height="${h}" rx="${bar * 1.6}" fill="none" ${extra}/>`;
  return (
    metalGradient(id, tone, true) +
    frame(3, 8, `stroke="#000" stroke-opacity=".35" stroke-width="${bar}"`) +
    frame(0, 0, `stroke="${darker(tone, 0.55)}" stroke-width="${bar + 4}"`) +
    frame(0, 0, `stroke="url(#${id})" stroke-width="${bar}"`) +
    frame(-bar * 0.12, -bar * 0.22, `stroke="#fff" stroke-opacity=".6" stroke-width="${bar * 0.14}"`) +
    `<rect x="${x - bar * 0.45}" y="${y - h / 2 - bar * 0.4}" width="${bar * 0.9}" height="${h * 1.02}" rx="${bar * 0.45}" fill="url(#${id})" stroke="${darker(tone, 0.6)}" stroke-width="2"/>`
  );
}

/** Contact and cast shadow on the studio floor. */
export function floorShadow(cx: number, y: number, rx: number, ry: number, opacity = 0.55): string {
  const a = nextId();
  const b = nextId();
  const gradient = (id: string, o: number) =>
    `<radialGradient id="${id}"><stop offset="0" stop-color="#2a211a" stop-opacity="${o}"/><stop offset=".45" stop-color="#2a211a" stop-opacity="${o * 0.55}"/><stop offset=".75" stop-color="#2a211a" stop-opacity="${o * 0.16}"/><stop offset="1" stop-color="#2a211a" stop-opacity="0"/></radialGradient>`;
  return `${gradient(a, opacity * 0.55)}${gradient(b, opacity)}<ellipse cx="${cx + rx * 0.12}" cy="${y + ry * 0.35}" rx="${rx * 1.35}" ry="${ry * 2.1}" fill="url(#${a})"/><ellipse cx="${cx}" cy="${y}" rx="${rx}" ry="${ry * 0.8}" fill="url(#${b})"/>`;
}
