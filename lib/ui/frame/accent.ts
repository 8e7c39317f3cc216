/**
 * The shop's accent, made readable: its hue is the shop's, its lightness is ours until text in it and text on it
 * meet WCAG AA. Worked out in OKLCH (Björn Ottosson, https://bottosson.github.io/posts/oklab/), where changing the lightness
 * leaves the hue alone. Runs on the server; browsers only get the resulting variables.
 */

/** WCAG 2.2, 1.4.3: contrast of normal text. */
export const LEAST_CONTRAST = 4.5;
/** Rounding to eight bits a channel may lose a little. */
const MARGIN = 0.05;
/** Lightness changes by this much a step: finer than the eye. */
const STEP = 0.005;

/** The surfaces of lib/ui/tokens.css on which the accent is hardest to read. */
export const surfaces = { light: "#efece7", dark: "#22201c" } as const;
/** Text on the accent. */
export const inks = { light: "#ffffff", dark: "#1d1b17" } as const;
/** Used when the shop's colour cannot be understood: the accent of lib/ui/tokens.css. */
const fallback = "#b4380f";

export interface Accent {
  readonly accent: string;
  readonly ink: string;
  /** Ground for own messages: a breath of the accent under normal text. */
  readonly soft: string;
}
type Triple = readonly [number, number, number];

export function accentFor(color: string): { readonly light: Accent; readonly dark: Accent } {
  const [lightness, chroma, hue] = toOklch(parseColor(color) ?? parseColor(fallback) ?? [0, 0, 0]);
  return {
    light: {
      accent: readable(lightness, chroma, hue, surfaces.light, -STEP),
      ink: inks.light,
      soft: fromOklch(0.95, Math.min(chroma, 0.03), hue),
    },
    dark: {
      accent: readable(lightness, chroma, hue, surfaces.dark, STEP),
      ink: inks.dark,
      soft: fromOklch(0.3, Math.min(chroma, 0.05), hue),
    },
  };
}

/** The variables as a style sheet, in both themes. Holds nothing of the given text but numbers made from it. */
export function accentCss(color: string): string {
  const { light, dark } = accentFor(color);
  const set = (one: Accent) => `--accent:${one.accent};--accent-ink:${one.ink};--accent-soft:${one.soft}`;
  return `:root{${set(light)}}
:root[data-theme="dark"]{${set(dark)}}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${set(dark)}}}`;
}

/** @returns WCAG contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const first = luminance(parseColor(one) ?? [0, 0, 0]);
  const second = luminance(parseColor(other) ?? [0, 0, 0]);
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

function readable(lightness: number, chroma: number, hue: number, surface: string, step: number): string {
  let current = lightness;
  let color = fromOklch(current, chroma, hue);
  while (contrast(color, surface) < LEAST_CONTRAST + MARGIN && current > 0 && current < 1) {
    current += step;
    color = fromOklch(current, chroma, hue);
  }
  return color;
}

/** #rgb, #rrggbb or rgb(r g b) as channels from 0 to 1. */
export function parseColor(color: string): Triple | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color.trim())?.[1];
  if (hex) {
    const size = hex.length / 3;
    const channel = (index: number) => {
      const part = hex.slice(index * size, (index + 1) * size);
      return Number.parseInt(size === 1 ? part + part : part, 16) / 255;
    };
    return [channel(0), channel(1), channel(2)];
  }
  const rgb = /^rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/i.exec(color.trim());
  if (!rgb) return null;
  const channel = (index: number) => Math.min(255, Number(rgb[index])) / 255;
  return [channel(1), channel(2), channel(3)];
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

function luminance([r, g, b]: Triple): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Lightness 0-1, chroma, hue in radians. */
function toOklch(color: Triple): Triple {
  const [r, g, b] = [linear(color[0]), linear(color[1]), linear(color[2])];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, Math.hypot(a, bb), Math.atan2(bb, a)];
}

/** As #rrggbb; a colour outside of what screens show loses chroma until it is inside. */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  for (let c = chroma; ; c -= 0.004) {
    const channels = toLinearRgb(lightness, Math.max(0, c), hue);
    if (c <= 0 || channels.every((value) => value >= -0.0005 && value <= 1.0005)) {
      return `#${channels.map(toHex).join("")}`;
    }
  }
}

function toLinearRgb(lightness: number, chroma: number, hue: number): Triple {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toHex(value: number): string {
  const byte = Math.round(encoded(Math.min(1, Math.max(0, value))) * 255);
  return byte.toString(16).padStart(2, "0");
}
