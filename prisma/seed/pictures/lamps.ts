/** Lamps: a ceramic table lamp with a linen shade, a brass pendant, a jointed desk lamp; lit and unlit. */
import { darker, lighter } from "./color";
import { floorShadow, metalGradient, rivet, soft, solid, stitches, within } from "./draw";
import { embossed, lettering } from "./lettering";

let glows = 0;
/** Light on the wall and in the air. */
function glow(cx: number, cy: number, r: number, opacity: number, color = "#ffca7a"): string {
  const id = `glow${glows++}`;
  return `<radialGradient id="${id}"><stop offset="0" stop-color="#fff3d8" stop-opacity="${opacity}"/><stop offset=".3" stop-color="${color}" stop-opacity="${opacity * 0.6}"/><stop offset="1" stop-color="${color}" stop-opacity="0"/></radialGradient><ellipse cx="${cx}" cy="${cy}" rx="${r}" ry="${r}" fill="url(#${id})"/>`;
}

/** The room with the studio lights off. */
const dusk = `<rect x="-200" y="-200" width="2000" height="2400" fill="#17120f" fill-opacity=".66"/>`;

export function tableLamp(color: string, shade: string, lit: boolean): string {
  const shadePath = "M520 420H1080L1220 960C1080 1000 520 1000 380 960Z";
  const base =
    "M760 1010H840V1080C850 1130 960 1190 1010 1290C1070 1420 1040 1580 940 1650C900 1672 700 1672 660 1650C560 1580 530 1420 590 1290C640 1190 750 1130 760 1080Z";
  const rings = Array.from(
    { length: 22 },
    (_, i) =>
      `<path d="M520 ${1150 + i * 24}C680 ${1180 + i * 24} 920 ${1180 + i * 24} 1080 ${1150 + i * 24}" fill="none" stroke="#000" stroke-opacity="${0.05 + (i % 4) * 0.02}" stroke-width="${2 + (i % 3)}"/>`,
  ).join("");
  const speckle = Array.from(
    { length: 260 },
    (_, i) =>
      `<circle cx="${540 + ((i * 197) % 520)}" cy="${1120 + ((i * 331) % 540)}" r="${1.2 + ((i * 7) % 5) * 0.7}" fill="${darker(color, 0.6)}" fill-opacity=".55"/>`,
  ).join("");
  const seam = (y: number, x0: number, x1: number, dip: number) =>
    `M${x0} ${y}C${x0 + 150} ${y + dip} ${x1 - 150} ${y + dip} ${x1} ${y}`;
  return (
    (lit ? dusk + glow(800, 760, 980, 0.55) + glow(800, 1720, 800, 0.35) : "") +
    floorShadow(800, 1662, 330, 50, 0.65) +
    metalGradient("stem", "#b98d46") +
    `<rect x="776" y="940" width="48" height="90" fill="url(#stem)"/>` +
    solid(base, color, {
      texture: "plaster",
      textureOpacity: 0.5,
      rim: 170,
      volume: 0.8,
      gloss: lit ? 0.2 : 0.5,
      light: [0.34, 0.36],
    }) +
    within(
      base,
      rings +
        speckle +
        (lit
          ? soft("M560 1120C700 1240 900 1240 1040 1120", "#ffcf85", 180, 0.5)
          : soft("M650 1290C620 1400 630 1520 680 1610", "#fff", 50, 0.4)) +
        soft("M560 1660H1040", "#000", 90, 0.4),
    ) +
    embossed((dy) => lettering("BL", 800, 1612 + dy, 22), 22, darker(color, 0.7), lighter(color, 0.5)) +
    `<path d="M930 1652C1090 1676 1220 1650 1330 1720S1600 1760 1700 1740" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="14" transform="translate(4 10)"/><path d="M930 1652C1090 1676 1220 1650 1330 1720S1600 1760 1700 1740" fill="none" stroke="#8d6b42" stroke-width="11"/><path d="M930 1652C1090 1676 1220 1650 1330 1720S1600 1760 1700 1740" fill="none" stroke="#d8bd8d" stroke-width="8" stroke-dasharray="5 5"/>` +
    solid(shadePath, lit ? "#ffdc9e" : shade, {
      texture: "linen",
      rim: lit ? 40 : 150,
      volume: lit ? 0.25 : 0.55,
      gloss: 0.3,
    }) +
    within(
      shadePath,
      (lit ? glow(800, 760, 430, 0.95, "#ffd892") : "") +
        soft("M470 620L400 960", "#000", 140, lit ? 0.1 : 0.2) +
        soft("M1130 620L1210 960", "#000", 160, lit ? 0.16 : 0.28) +
        `<path d="M1010 420L1110 980" stroke="#000" stroke-opacity=".2" stroke-width="5"/>`,
    ) +
    `<path d="${seam(428, 518, 1082, 14)}" stroke="${darker(shade, 0.25)}" stroke-width="18" fill="none"/><path d="${seam(950, 382, 1218, 36)}" stroke="${darker(shade, 0.25)}" stroke-width="20" fill="none"/>` +
    stitches(seam(444, 514, 1086, 14), lighter(shade, 0.6), 12, 3) +
    stitches(seam(932, 388, 1212, 36), lighter(shade, 0.6), 12, 3) +
    rivet(800, 402, 20, "#b98d46")
  );
}

export function pendant(tone: string, lit: boolean): string {
  const dome =
    "M330 1180C340 860 520 640 720 600L740 520H860L880 600C1080 640 1260 860 1270 1180C1100 1226 500 1226 330 1180Z";
  const mouth = "M330 1180C500 1120 1100 1120 1270 1180C1100 1250 500 1250 330 1180Z";
  const hammered = Array.from({ length: 520 }, (_, i) => {
    const x = 330 + ((i * 383) % 940);
    const y = 610 + ((i * 211) % 580);
    const r = 13 + ((i * 13) % 10);
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 0.86}" fill="#000" fill-opacity=".07"/><path d="M${x - r * 0.7} ${y + r * 0.4}a${r} ${r} 0 0 0 ${r * 1.4} 0" fill="none" stroke="#fff" stroke-opacity=".26" stroke-width="2"/>`;
  }).join("");
  return (
    (lit ? dusk + glow(800, 1330, 900, 0.6) : "") +
    metalGradient("dome", tone) +
    `<path d="M800 -10V520" stroke="#000" stroke-opacity=".2" stroke-width="18" transform="translate(30 0)"/><path d="M800 -10V480" stroke="#1d1a18" stroke-width="15"/><path d="M800 -10V480" stroke="#5a524b" stroke-width="9" stroke-dasharray="6 5"/>` +
    `<rect x="752" y="440" width="96" height="90" rx="12" fill="url(#dome)" stroke="${darker(tone, 0.6)}" stroke-width="4"/>` +
    [458, 476, 494]
      .map((y) => `<path d="M754 ${y}H846" stroke="#000" stroke-opacity=".4" stroke-width="4"/>`)
      .join("") +
    solid(dome, tone, { rim: 160, volume: 0.8, gloss: 0.5, light: [0.32, 0.3] }) +
    `<path d="${dome}" fill="url(#dome)" fill-opacity=".55"/><path d="${dome}" fill="url(#brushed)" opacity=".6"/>` +
    within(
      dome,
      hammered +
        soft("M520 760C440 880 400 1020 396 1160", "#fff8e0", 90, 0.5) +
        soft("M1120 800C1190 920 1220 1040 1224 1180", "#000", 150, 0.4) +
        soft("M720 606C760 630 840 630 880 606", "#000", 30, 0.5),
    ) +
    `<path d="${mouth}" fill="${lit ? "#fff1cf" : darker(tone, 0.6)}"/>` +
    within(
      mouth,
      (lit ? glow(800, 1180, 420, 1) : soft("M360 1180C520 1140 1080 1140 1240 1180", "#000", 50, 0.6)) +
        `<ellipse cx="800" cy="1196" rx="92" ry="62" fill="${lit ? "#fffdf6" : "#efe6d6"}"/>`,
    ) +
    `<path d="M330 1180C500 1250 1100 1250 1270 1180" fill="none" stroke="url(#dome)" stroke-width="16"/><path d="M332 1176C500 1244 1100 1244 1268 1176" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>` +
    embossed(
      (dy) => lettering("CAMPANA - BOTTEGA LUME", 800, 1090 + dy, 18),
      18,
      darker(tone, 0.75),
      lighter(tone, 0.7),
    ) +
    (lit ? glow(800, 1240, 300, 0.7) : "")
  );
}

export function deskLamp(color: string, lit: boolean): string {
  const bar = (x1: number, y1: number, x2: number, y2: number, w: number) => {
    const d = `M${x1} ${y1}L${x2} ${y2}`;
    const line = (stroke: string, width: number, extra = "") =>
      `<path d="${d}" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" ${extra}/>`;
    return (
      soft(d, "#2a1f18", w * 2.4, 0.16) +
      line(darker(color, 0.6), w + 5) +
      line(color, w) +
      line(
        lighter(color, 0.4),
        w * 0.36,
        `transform="translate(${-w * 0.16} ${-w * 0.1})" stroke-opacity=".8"`,
      )
    );
  };
  const spring = (x1: number, y1: number, x2: number, y2: number) => {
    let out = "";
    const n = 46;
    for (let i = 0; i < n; i++) {
      const x = x1 + ((x2 - x1) * i) / n;
      const y = y1 + ((y2 - y1) * i) / n;
      out += `<path d="M${x - 14} ${y - 8}L${x + 14} ${y + 8}" stroke="#3b3733" stroke-width="6"/><path d="M${x - 13} ${y - 9}L${x + 11} ${y + 5}" stroke="#dcd7d0" stroke-width="3"/>`;
    }
    return out;
  };
  const head = "M300 560L560 420C600 470 640 560 640 640C560 740 420 830 290 850C230 780 240 640 300 560Z";
  const mouth = "M290 850C420 830 560 740 640 640C660 720 640 800 560 860C480 910 360 920 290 850Z";
  const base =
    "M520 1640C520 1590 660 1566 800 1566S1080 1590 1080 1640V1668C1080 1700 940 1716 800 1716S520 1700 520 1668Z";
  return (
    (lit
      ? dusk +
        glow(470, 1180, 900, 0.55) +
        `<path d="M300 850L640 700L1180 1720H-80Z" fill="#ffd892" fill-opacity=".14"/>`
      : "") +
    floorShadow(800, 1700, 400, 46, 0.6) +
    solid(base, color, { rim: 60, volume: 0.8, gloss: 0.5, light: [0.35, 0.1] }) +
    `<ellipse cx="800" cy="1636" rx="276" ry="66" fill="${lighter(color, 0.12)}"/><ellipse cx="800" cy="1636" rx="276" ry="66" fill="url(#brushed)" opacity=".35"/>` +
    embossed((dy) => lettering("ARCO", 800, 1664 + dy, 22), 22, darker(color, 0.8), lighter(color, 0.6)) +
    bar(786, 1620, 1150, 1080, 26) +
    bar(830, 1630, 1194, 1090, 26) +
    spring(880, 1500, 1060, 1236) +
    bar(1172, 1060, 600, 560, 26) +
    bar(1190, 1020, 618, 520, 26) +
    spring(1070, 956, 820, 740) +
    [
      [808, 1620],
      [1172, 1074],
      [606, 542],
    ]
      .map(
        ([x, y]) =>
          `<circle cx="${x}" cy="${y}" r="58" fill="${darker(color, 0.2)}"/>${rivet(x ?? 0, y ?? 0, 46, "#b98d46")}<path d="M${(x ?? 0) - 22} ${y}h44" stroke="#3a2a10" stroke-width="7"/>`,
      )
      .join("") +
    `<path d="${mouth}" fill="${lit ? "#fff0c8" : darker(color, 0.62)}"/><ellipse cx="476" cy="800" rx="96" ry="62" transform="rotate(-30 476 800)" fill="${lit ? "#fffdf4" : "#e9dfcd"}"/>` +
    (lit ? glow(476, 810, 280, 0.9) : "") +
    solid(head, color, { rim: 120, volume: 0.8, gloss: 0.6, light: [0.4, 0.25] }) +
    within(
      head,
      soft("M340 590C310 680 300 760 320 820", "#fff", 40, 0.5) +
        [0, 1, 2, 3]
          .map(
            (i) =>
              `<path d="M${356 + i * 34} ${560 - i * 17}l34 62" stroke="#120d0a" stroke-width="13" stroke-linecap="round"/>`,
          )
          .join(""),
    ) +
    `<path d="M290 850C420 830 560 740 640 640" fill="none" stroke="${lighter(color, 0.5)}" stroke-width="9"/>` +
    embossed(
      (dy) => `<g transform="rotate(-30 480 700)">${lettering("BOTTEGA LUME", 480, 710 + dy, 20)}</g>`,
      20,
      darker(color, 0.8),
      lighter(color, 0.5),
    )
  );
}
