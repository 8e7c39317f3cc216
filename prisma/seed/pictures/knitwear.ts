/** Knitwear, laid flat: a cable sweater, a ribbed beanie, a checked scarf with fringe. */
import { darker, lighter } from "./color";
import { crease, soft, solid, stitches, within } from "./draw";
import { embossed, lettering } from "./lettering";
import { seeded } from "./random";

/** One knitted stitch is a V of two twisted loops; a pattern cell holds one. */
function stitchPattern(id: string, color: string, w: number, h: number): string {
  const leaf = (side: 1 | -1) => {
    const x = (v: number) => (w / 2 + side * v * w).toFixed(2);
    return `M${x(0.04)} ${h * 1.02}C${x(-0.02)} ${h * 0.6} ${x(0.2)} ${h * 0.02} ${x(0.46)} ${-h * 0.2}C${x(0.58)} ${h * 0.2} ${x(0.46)} ${h * 0.86} ${x(0.04)} ${h * 1.06}Z`;
  };
  const yarn = (side: 1 | -1, y: number) =>
    `<g transform="translate(0 ${y})"><path d="${leaf(side)}" fill="${side < 0 ? lighter(color, 0.12) : color}" stroke="${darker(color, 0.4)}" stroke-width="${w * 0.03}"/><path d="${leaf(side)}" fill="none" stroke="#fff" stroke-opacity=".2" stroke-width="${w * 0.07}" stroke-dasharray="${w * 0.05} ${w * 0.09}" transform="translate(${-w * 0.03} ${-h * 0.04}) "/></g>`;
  return `<pattern id="${id}" width="${w}" height="${h}" patternUnits="userSpaceOnUse"><rect width="${w}" height="${h}" fill="${darker(color, 0.3)}"/>${[-h, 0, h].map((y) => yarn(-1, y) + yarn(1, y)).join("")}</pattern>`;
}

function ribPattern(id: string, color: string, w: number): string {
  return `<linearGradient id="${id}g"><stop offset="0" stop-color="${darker(color, 0.4)}"/><stop offset=".28" stop-color="${color}"/><stop offset=".5" stop-color="${lighter(color, 0.22)}"/><stop offset=".72" stop-color="${color}"/><stop offset="1" stop-color="${darker(color, 0.4)}"/></linearGradient><pattern id="${id}" width="${w}" height="${Math.round(w * 0.7)}" patternUnits="userSpaceOnUse"><rect width="${w}" height="${w}" fill="url(#${id}g)"/><path d="M${w * 0.2} ${-w * 0.1}L${w / 2} ${w * 0.3}L${w * 0.8} ${-w * 0.1}M${w * 0.2} ${w * 0.25}L${w / 2} ${w * 0.65}L${w * 0.8} ${w * 0.25}M${w * 0.2} ${w * 0.6}L${w / 2} ${w}L${w * 0.8} ${w * 0.6}" fill="none" stroke="${darker(color, 0.5)}" stroke-opacity=".45" stroke-width="${w * 0.05}"/></pattern>`;
}

/** Fine hairs standing off the yarn along an edge. */
function fuzz(points: readonly (readonly [number, number])[], color: string, seed: number): string {
  const random = seeded(seed);
  let d = "";
  for (let i = 0; i + 1 < points.length; i++) {
    const [ax, ay] = points[i] ?? [0, 0];
    const [bx, by] = points[i + 1] ?? [0, 0];
    for (let k = 0; k < 90; k++) {
      const t = random();
      const x = ax + (bx - ax) * t;
      const y = ay + (by - ay) * t;
      d += `M${x.toFixed(1)} ${y.toFixed(1)}q${((random() - 0.5) * 22).toFixed(1)} ${((random() - 0.5) * 22).toFixed(1)} ${((random() - 0.5) * 30).toFixed(1)} ${((random() - 0.5) * 30).toFixed(1)}`;
    }
  }
  return `<path d="${d}" fill="none" stroke="${lighter(color, 0.3)}" stroke-opacity=".55" stroke-width="1.3"/>`;
}

/** Two ropes crossing over each other, over and over. */
function cable(x: number, top: number, bottom: number, width: number, color: string): string {
  const period = width * 1.9;
  const line = (d: string, stroke: string, w: number, extra = "") =>
    `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${(width * w).toFixed(1)}" ${extra}/>`;
  // Plies beside each other, each a row of slanted stitches: that is what makes a rope look knitted.
  const rope = (d: string) =>
    soft(d, "#1c140e", width * 0.62, 0.42) +
    line(d, darker(color, 0.34), 0.47) +
    line(d, color, 0.43) +
    line(d, lighter(color, 0.16), 0.22, 'stroke-opacity=".7"') +
    line(d, darker(color, 0.45), 0.43, 'stroke-opacity=".42" stroke-dasharray="2.5 9"') +
    line(
      d,
      lighter(color, 0.3),
      0.43,
      'stroke-opacity=".3" stroke-dasharray="2.5 9" stroke-dashoffset="-3"',
    ) +
    line(d, darker(color, 0.4), 0.15, 'stroke-opacity=".5"') +
    line(d, lighter(color, 0.06), 0.11);
  const half = width / 2.4;
  /** Half a turn, from one side to the other. */
  const turn = (from: number, y: number) =>
    `${x + from} ${y}C${x + from} ${y + period * 0.24} ${x - from} ${y + period * 0.26} ${x - from} ${y + period * 0.5}`;
  let a = "";
  let b = "";
  let over = "";
  let side = half;
  for (let y = top - period; y < bottom + period; y += period / 2) {
    a += `M${turn(side, y)}`;
    b += `M${turn(-side, y)}`;
    // At every second crossing the other rope lies on top.
    if (side > 0) over += rope(`M${turn(side, y)}`);
    side = -side;
  }
  return rope(joined(a)) + rope(joined(b)) + over;
}

/** Turns follow one another without a gap, so all but the first move can go: the ends would show otherwise. */
const joined = (d: string) => d.replace(/(?<=.)M[-\d.]+ [-\d.]+C/g, "C");

export function sweater(color: string, view: "front" | "back"): string {
  const body =
    "M560 470C500 490 430 520 384 560C372 760 400 1000 404 1240L396 1600C520 1624 1080 1624 1204 1600L1196 1240C1200 1000 1228 760 1216 560C1170 520 1100 490 1040 470C960 540 640 540 560 470Z";
  const sleeve = (s: 1 | -1) => {
    const x = (v: number) => 800 + s * v;
    return {
      arm: `M${x(416)} 560C${x(500)} 620 ${x(560)} 800 ${x(600)} 1010C${x(630)} 1180 ${x(654)} 1340 ${x(660)} 1430L${x(498)} 1462C${x(470)} 1290 ${x(430)} 1080 ${x(392)} 930C${x(386)} 800 ${x(396)} 660 ${x(416)} 560Z`,
      cuff: `M${x(662)} 1426L${x(668)} 1560C${x(620)} 1580 ${x(560)} 1588 ${x(518)} 1586L${x(496)} 1458C${x(556)} 1458 ${x(610)} 1446 ${x(662)} 1426Z`,
    };
  };
  const hem = "M396 1590C520 1614 1080 1614 1204 1590L1196 1736C1060 1762 540 1762 404 1736Z";
  const neck =
    view === "front"
      ? "M556 474C600 420 700 398 800 398S1000 420 1044 474C1010 590 920 630 800 630S590 590 556 474Z"
      : "M556 474C600 420 700 398 800 398S1000 420 1044 474C1000 520 920 536 800 536S600 520 556 474Z";
  const inner = "M606 478C650 440 720 430 800 430S950 440 994 478C960 548 890 570 800 570S640 548 606 478Z";
  const all = [sleeve(1), sleeve(-1)];
  const knitted = (d: string, fill: string, rim = 120) =>
    soft(d, "#2a1f18", 40, 0.26) +
    solid(d, color, { rim: 1 }) +
    `<path d="${d}" fill="url(#${fill})"/>` +
    solid2(d, rim);
  const cables = within(
    body,
    [560, 800, 1040].map((x) => cable(x, 500, 1620, x === 800 ? 150 : 110, color)).join("") +
      [470, 660, 690, 910, 940, 1130].map((x) => crease(`M${x} 480V1620`, 9, 0.32)).join(""),
  );
  const moss = within(
    body,
    soft("M470 700C620 760 760 740 820 900", "#000", 90, 0.14) +
      soft("M1130 760C1050 900 1040 1100 1080 1300", "#000", 110, 0.18) +
      soft("M420 1250C560 1330 700 1330 820 1420", "#000", 90, 0.13) +
      soft("M520 640C500 900 520 1200 510 1500", "#fff", 110, 0.09),
  );
  return (
    stitchPattern("knit", color, 25, 22) +
    ribPattern("rib", color, 27) +
    `<g transform="translate(0 -60)">` +
    soft("M380 1000C380 1400 400 1700 420 1750C700 1790 1000 1790 1200 1750", "#2a1f18", 120, 0.4) +
    all.map(({ arm, cuff }) => knitted(cuff, "rib", 60) + knitted(arm, "knit", 150)).join("") +
    knitted(hem, "rib", 60) +
    knitted(body, "knit", 130) +
    (view === "front" ? cables : "") +
    moss +
    knitted(neck, "rib", 50) +
    (view === "front"
      ? `<path d="${inner}" fill="${darker(color, 0.62)}"/>${label(800, 486, darker(color, 0.2))}${soft(inner, "#000", 30, 0.5)}`
      : "") +
    fuzz(
      [
        [384, 560],
        [404, 1240],
        [396, 1600],
      ],
      color,
      3,
    ) +
    fuzz(
      [
        [1216, 560],
        [1196, 1240],
        [1204, 1600],
      ],
      color,
      4,
    ) +
    "</g>"
  );
}

/** Rim and light only, for shapes already filled with a pattern. */
function solid2(d: string, rim: number): string {
  return within(d, soft(d, "#140d08", rim, 0.34));
}

function label(x: number, y: number, color: string): string {
  return (
    `<rect x="${x - 92}" y="${y - 26}" width="184" height="54" fill="#f1eadd"/><rect x="${x - 92}" y="${y - 26}" width="184" height="54" fill="url(#linen-fine)"/>` +
    `<g fill="none" stroke="#3a3029" stroke-width=".9">${lettering("BOTTEGA LUME", x, y - 4, 13)}${lettering("M - 100 LANA", x, y + 15, 8)}</g>` +
    stitches(`M${x - 85} ${y - 18}V${y + 20}M${x + 85} ${y - 18}V${y + 20}`, color, 7, 2.2)
  );
}

export function beanie(color: string): string {
  const dome = "M370 1180C340 820 480 520 800 520S1260 820 1230 1180C1000 1230 600 1230 370 1180Z";
  const cuff =
    "M336 1140C600 1204 1000 1204 1264 1140C1284 1240 1282 1340 1262 1430C1000 1500 600 1500 338 1430C318 1340 316 1240 336 1140Z";
  const ribs = (bottom: number, top: number, spread: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const t = (i / (count - 1)) * 2 - 1;
      const x = 800 + t * spread;
      const tx = 800 + t * spread * 0.16;
      const d = `M${x} ${bottom}C${x + t * 46} ${bottom - 300} ${x * 0.7 + tx * 0.3} ${top + 120} ${tx} ${top}`;
      return `<path d="${d}" fill="none" stroke="${darker(color, 0.6)}" stroke-width="13" stroke-opacity=".62"/><path d="${d}" fill="none" stroke="${lighter(color, 0.35)}" stroke-width="20" stroke-opacity=".3" transform="translate(19 0)"/><path d="${d}" fill="none" stroke="${darker(color, 0.6)}" stroke-opacity=".4" stroke-width="28" stroke-dasharray="3 14" transform="translate(19 0)"/>`;
    }).join("");
  const patch = "M650 1262H950V1376H650Z";
  return (
    soft("M360 1440C600 1510 1000 1510 1250 1440", "#2a1f18", 150, 0.5) +
    solid(dome, color, { texture: "suede", textureOpacity: 0.6, rim: 200, gloss: 0.24 }) +
    within(
      dome,
      ribs(1230, 516, 470, 25) +
        soft("M520 640C430 800 420 1000 440 1180", "#fff", 120, 0.14) +
        soft("M1130 700C1190 860 1200 1040 1190 1190", "#000", 150, 0.28),
    ) +
    within(dome, soft(cuff, "#000", 70, 0.6)) +
    solid(cuff, lighter(color, 0.04), { texture: "suede", textureOpacity: 0.6, rim: 110, gloss: 0.2 }) +
    within(
      cuff,
      Array.from({ length: 31 }, (_, i) => {
        const t = (i / 30) * 2 - 1;
        const x = 800 + t * 470;
        const dy = 60 * (1 - t * t);
        const d = `M${x} ${1130 + dy}C${x + t * 14} ${1230 + dy} ${x + t * 14} ${1330 + dy} ${x} ${1440 + dy}`;
        return `<path d="${d}" fill="none" stroke="${darker(color, 0.6)}" stroke-width="12" stroke-opacity=".6"/><path d="${d}" fill="none" stroke="${lighter(color, 0.4)}" stroke-width="14" stroke-opacity=".28" transform="translate(15 0)"/><path d="${d}" fill="none" stroke="${darker(color, 0.6)}" stroke-opacity=".45" stroke-width="22" stroke-dasharray="3 13" transform="translate(15 0)"/>`;
      }).join(""),
    ) +
    soft(patch, "#000", 24, 0.4) +
    solid(patch, "#8a5a33", { texture: "leather-fine", rim: 30 }) +
    stitches("M662 1274H938V1364H662Z", "#e6d3ae", 12, 3.6) +
    embossed((dy) => lettering("BOTTEGA LUME", 800, 1308 + dy, 25), 25, "#2c1a0d", "#d9a877") +
    embossed((dy) => lettering("MERINO 19.5", 800, 1346 + dy, 13), 13, "#2c1a0d", "#d9a877") +
    fuzz(
      [
        [372, 1150],
        [366, 1000],
        [400, 840],
        [490, 680],
      ],
      color,
      8,
    ) +
    fuzz(
      [
        [1228, 1150],
        [1234, 1000],
        [1200, 840],
        [1110, 680],
      ],
      color,
      9,
    )
  );
}

export function scarf(color: string, second: string, line: string): string {
  const random = seeded(17);
  const T = 320;
  const check = `<pattern id="check" width="${T}" height="${T}" patternUnits="userSpaceOnUse"><rect width="${T}" height="${T}" fill="${color}"/><rect width="110" height="${T}" fill="${second}" fill-opacity=".62"/><rect width="${T}" height="110" fill="${second}" fill-opacity=".62"/><rect x="206" width="14" height="${T}" fill="${line}" fill-opacity=".85"/><rect y="206" width="${T}" height="14" fill="${line}" fill-opacity=".85"/><rect x="246" width="6" height="${T}" fill="${lighter(line, 0.5)}" fill-opacity=".7"/><rect y="246" width="${T}" height="6" fill="${lighter(line, 0.5)}" fill-opacity=".7"/></pattern>`;
  const fringe = (x0: number, x1: number, y: number) => {
    let out = "";
    for (let x = x0 + 8; x < x1; x += 17) {
      const sway = (random() - 0.5) * 26;
      const end = y + 150 + random() * 24;
      const tone = random() > 0.4 ? color : second;
      const d = `M${x} ${y - 6}C${x + sway * 0.2} ${y + 50} ${x + sway} ${y + 90} ${x + sway} ${end}`;
      out += `<path d="${d}" stroke="#000" stroke-opacity=".3" stroke-width="13" fill="none" transform="translate(4 5)"/><path d="${d}" stroke="${darker(tone, 0.3)}" stroke-width="12" fill="none" stroke-linecap="round"/><path d="${d}" stroke="${lighter(tone, 0.15)}" stroke-width="8" fill="none" stroke-dasharray="7 4"/><circle cx="${x}" cy="${y + 14}" r="8" fill="${lighter(tone, 0.1)}" stroke="${darker(tone, 0.5)}" stroke-width="2"/>`;
    }
    return out;
  };
  const panel = (d: string) =>
    `<path d="${d}" fill="url(#check)"/><path d="${d}" fill="url(#linen-fine)"/>${within(d, soft(d, "#140d08", 110, 0.42))}`;
  const left = "M470 420C600 400 700 410 800 440L830 1560C700 1580 560 1580 430 1560Z";
  const right = "M760 440C900 402 1040 404 1150 430L1190 1400C1060 1424 900 1424 790 1402Z";
  const fold = "M440 470C420 360 560 300 800 300S1180 360 1160 470C1120 600 980 640 800 640S480 600 440 470Z";
  return (
    check +
    soft("M450 600C430 1000 430 1400 440 1560H1180C1190 1400 1190 900 1160 600", "#2a1f18", 130, 0.42) +
    fringe(430, 830, 1560) +
    panel(left) +
    within(
      left,
      soft("M560 600C540 900 560 1200 540 1560", "#000", 90, 0.2) +
        soft("M700 620C690 900 710 1200 690 1560", "#fff", 90, 0.12),
    ) +
    soft("M790 600L800 1400", "#000", 90, 0.4) +
    fringe(790, 1190, 1400) +
    `<g transform="rotate(1.5 970 900)">${panel(right)}</g>` +
    within(
      right,
      soft("M900 600C930 900 900 1100 920 1400", "#000", 80, 0.2) +
        soft("M1050 600C1040 900 1080 1100 1060 1400", "#fff", 90, 0.12),
    ) +
    soft(fold, "#000", 60, 0.4) +
    `<g transform="rotate(-4 800 470)">${panel(fold)}</g>` +
    within(
      fold,
      soft("M520 420C680 500 940 500 1100 410", "#000", 60, 0.26) +
        soft("M540 500C700 580 920 580 1080 490", "#fff", 60, 0.16),
    ) +
    label(960, 1310, darker(color, 0.3))
  );
}
