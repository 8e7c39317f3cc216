import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL("../tokens.css", import.meta.url), "utf8");
const themes = {
  light: css.slice(0, css.indexOf(':root[data-theme="dark"]')),
  dark: css.slice(css.indexOf(':root[data-theme="dark"]'), css.indexOf("@media")),
};
const names = ["--chart-main", "--chart-second", "--chart-before"];

function tokenOf(theme: keyof typeof themes, name: string): Rgb {
  const [, hex = ""] = new RegExp(`${name}: #([0-9a-f]{6});`).exec(themes[theme]) ?? [];
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [linear(part(0)), linear(part(2)), linear(part(4))];
}

/** WCAG 2.2, relative luminance. */
function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(a: Rgb, b: Rgb): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const deficiencies: Record<string, readonly Rgb[]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const dot = ([a, b, c]: Rgb, [x, y, z]: Rgb) => a * x + b * y + c * z;
function seen(color: Rgb, rows: readonly Rgb[]): Rgb {
  const [r = 0, g = 0, b = 0] = rows.map((row) => Math.min(1, Math.max(0, dot(row, color))));
  return [r, g, b];
}

/** Oklab (Ottosson 2020), times 100. */
function oklab(color: Rgb): Rgb {
  const l = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], color));
  const m = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], color));
  const s = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], color));
  return [
    100 * dot([0.2104542553, 0.793617785, -0.0040720468], [l, m, s]),
    100 * dot([1.9779984951, -2.428592205, 0.4505937099], [l, m, s]),
    100 * dot([0.0259040371, 0.7827717662, -0.808675766], [l, m, s]),
  ];
}
/** Two colours nearer than this are hard to tell apart when they are thin lines. */
const LEAST_DIFFERENCE = 8;

describe.each(["light", "dark"] as const)("colours of series, %s", (theme) => {
  it.each(["--page", "--surface", "--surface-raised"])(
    "[CT6] stand out from %s, as lines and as words",
    (surface) => {
      for (const name of names) {
        expect(contrast(tokenOf(theme, name), tokenOf(theme, surface)), name).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each(Object.keys(deficiencies))("[CT6] can be told apart with %s", (deficiency) => {
    // The period before is told apart by its dash, whatever the colour: it is compared with the line that it stands beside.
    const pairs = [
      ["--chart-main", "--chart-second"],
      ["--chart-main", "--chart-before"],
    ] as const;
    for (const pair of pairs) {
      const [a, b] = pair.map((name) => oklab(seen(tokenOf(theme, name), deficiencies[deficiency] ?? [])));
      const apart = Math.hypot(...[0, 1, 2].map((at) => (a?.[at] ?? 0) - (b?.[at] ?? 0)));
      expect(apart, pair.join(" and ")).toBeGreaterThanOrEqual(LEAST_DIFFERENCE);
    }
  });
});
