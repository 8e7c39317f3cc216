/** Watches: a dress watch with a sunburst dial and a chronograph, from the front and from the back. */
import { darker, lighter } from "./color";
import { crease, floorShadow, metalGradient, soft, solid, stitches } from "./draw";
import { circularLettering, embossed, lettering } from "./lettering";

const CX = 800;
const CY = 1000;
const polar = (radius: number, degrees: number): readonly [number, number] => {
  const a = ((degrees - 90) * Math.PI) / 180;
  return [CX + radius * Math.cos(a), CY + radius * Math.sin(a)];
};
const point = (radius: number, degrees: number) =>
  polar(radius, degrees)
    .map((v) => v.toFixed(2))
    .join(" ");

function bands(leather: string): string {
  const thread = lighter(leather, 0.55);
  const band = (top: boolean) => {
    const f = (y: number) => (top ? CY - y : CY + y);
    const d = `M${CX - 206} ${f(330)}H${CX + 206}L${CX + 176} ${f(1080)}H${CX - 176}Z`;
    const holes = [640, 730, 820, 910].map(
      (y) =>
        `<ellipse cx="${CX}" cy="${f(y)}" rx="15" ry="17" fill="#120b07"/><path d="M${CX - 13} ${f(y) + 9}a15 17 0 0 0 26 0" fill="none" stroke="${lighter(leather, 0.5)}" stroke-opacity=".7" stroke-width="3"/>`,
    );
    return (
      soft(d, "#1a120c", 60, 0.35) +
      solid(d, leather, { texture: "leather", rim: 110, volume: 0.7, gloss: 0.22, light: [0.35, 0.5] }) +
      soft(`M${CX - 60} ${f(440)}L${CX - 52} ${f(1080)}`, "#fff", 110, 0.13) +
      soft(`M${CX - 196} ${f(345)}H${CX + 196}`, "#000", 110, 0.5) +
      stitches(
        `M${CX - 180} ${f(350)}L${CX - 152} ${f(1080)}M${CX + 180} ${f(350)}L${CX + 152} ${f(1080)}`,
        thread,
        20,
        5,
      ) +
      stitches(`M${CX - 174} ${f(462)}H${CX + 174}`, thread, 20, 5) +
      (top ? "" : holes.join(""))
    );
  };
  return band(true) + band(false);
}

function watchCase(metal: string): string {
  const lug = (sx: number, sy: number) => {
    const x = (v: number) => CX + sx * v;
    const y = (v: number) => CY + sy * v;
    return `<path d="M${x(212)} ${y(300)}L${x(318)} ${y(200)}C${x(318)} ${y(300)} ${x(300)} ${y(372)} ${x(280)} ${y(414)}C${x(268)} ${y(432)} ${x(226)} ${y(432)} ${x(216)} ${y(410)}Z" fill="url(#steel)" stroke="${darker(metal, 0.6)}" stroke-width="4"/><path d="M${x(300)} ${y(270)}C${x(300)} ${y(330)} ${x(288)} ${y(372)} ${x(268)} ${y(410)}" stroke="#fff" stroke-opacity=".75" stroke-width="6" fill="none"/>`;
  };
  const teeth = Array.from(
    { length: 15 },
    (_, i) =>
      `<path d="M${CX + 424} ${CY - 62 + i * 9}h58" stroke="#000" stroke-opacity=".45" stroke-width="3"/>`,
  );
  return (
    metalGradient("steel", metal) +
    metalGradient("steelv", metal, true) +
    `<rect x="${CX + 396}" y="${CY - 26}" width="36" height="52" fill="url(#steelv)"/><rect x="${CX + 422}" y="${CY - 70}" width="62" height="140" rx="12" fill="url(#steelv)" stroke="${darker(metal, 0.6)}" stroke-width="3"/>${teeth.join("")}` +
    [-1, 1].map((sx) => lug(sx, -1) + lug(sx, 1)).join("") +
    soft(`M${point(400, 0)}A400 400 0 1 1 ${point(400, 359.9)}`, "#000", 70, 0.3) +
    `<circle cx="${CX}" cy="${CY}" r="412" fill="url(#steel)"/><circle cx="${CX}" cy="${CY}" r="412" fill="url(#brushed)" opacity=".8"/><circle cx="${CX}" cy="${CY}" r="410" fill="none" stroke="${darker(metal, 0.65)}" stroke-width="4"/>`
  );
}

/** Many thin wedges, lighter towards two directions: light on a dial brushed from the centre. */
function sunburst(radius: number, color: string): string {
  let out = `<circle cx="${CX}" cy="${CY}" r="${radius}" fill="${color}"/>`;
  const WEDGES = 240;
  for (let i = 0; i < WEDGES; i++) {
    const a = (i * 360) / WEDGES;
    const glow = Math.max(0, Math.cos(((a - 40) * Math.PI) / 90)) ** 2 * 0.34 + ((i * 7919) % 13) / 260;
    out += `<path d="M${CX} ${CY}L${point(radius, a)}L${point(radius, a + 360 / WEDGES + 0.25)}Z" fill="#fff" fill-opacity="${glow.toFixed(3)}"/>`;
  }
  return out;
}

function bezel(metal: string, polished: number): string {
  return `<circle cx="${CX}" cy="${CY}" r="${polished}" fill="none" stroke="url(#steelv)" stroke-width="54"/><circle cx="${CX}" cy="${CY}" r="${polished + 27}" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="3"/><circle cx="${CX}" cy="${CY}" r="${polished - 27}" fill="none" stroke="${darker(metal, 0.7)}" stroke-width="5"/>`;
}

function minuteTrack(radius: number, ink: string): string {
  let out = "";
  for (let i = 0; i < 240; i++) {
    const major = i % 20 === 0;
    const minute = i % 4 === 0;
    out += `<path d="M${point(radius, i * 1.5)}L${point(radius - (major ? 20 : minute ? 15 : 8), i * 1.5)}" stroke="${ink}" stroke-width="${major ? 5 : minute ? 2.6 : 1.2}"/>`;
  }
  return out;
}

function hand(degrees: number, length: number, width: number, color: string, tail = 46): string {
  const d = `M${-width * 0.28} ${tail}L${-width / 2} ${-length * 0.18}L0 ${-length}L${width / 2} ${-length * 0.18}L${width * 0.28} ${tail}Z`;
  const half = `M0 ${tail}L0 ${-length}L${width / 2} ${-length * 0.18}L${width * 0.28} ${tail}Z`;
  return `<g transform="translate(${CX + 7} ${CY + 12}) rotate(${degrees})"><path d="${d}" fill="#000" fill-opacity=".3"/></g><g transform="translate(${CX} ${CY}) rotate(${degrees})"><path d="${d}" fill="${lighter(color, 0.35)}"/><path d="${half}" fill="${darker(color, 0.25)}"/></g>`;
}

function crystal(radius: number): string {
  return `<linearGradient id="glass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".34"/><stop offset=".45" stop-color="#fff" stop-opacity=".05"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient><path d="M${point(radius, 282)}A${radius} ${radius} 0 0 1 ${point(radius, 20)}C${CX + 20} ${CY - 210} ${CX - 180} ${CY - 120} ${point(radius, 282)}Z" fill="url(#glass)"/><circle cx="${CX}" cy="${CY}" r="${radius}" fill="none" stroke="#000" stroke-opacity=".32" stroke-width="16"/>`;
}

const printed = (text: string, y: number, height: number, ink: string, weight = 0.55) =>
  `<g fill="none" stroke="${ink}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${lettering(text, CX, y, height)}</g>`;

export function dressWatch(dial: string, leather: string, metal: string, ink: string): string {
  const indices = Array.from({ length: 12 }, (_, i) => {
    const [x, y] = polar(268, i * 30);
    const w = i % 3 === 0 ? 20 : 13;
    return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${i * 30})"><rect x="${-w / 2 + 4}" y="-34" width="${w}" height="72" fill="#000" fill-opacity=".3"/><rect x="${-w / 2}" y="-38" width="${w}" height="72" fill="${lighter(metal, 0.5)}"/><rect x="0" y="-38" width="${w / 2}" height="72" fill="${darker(metal, 0.3)}"/></g>`;
  });
  return (
    floorShadow(CX + 30, CY + 60, 560, 560, 0.3) +
    bands(leather) +
    watchCase(metal) +
    sunburst(350, dial) +
    minuteTrack(336, ink) +
    indices.join("") +
    printed("LUME", CY - 150, 40, ink, 0.75) +
    printed("MERIDIANA", CY - 104, 16, ink) +
    printed("AUTOMATICO", CY + 130, 15, ink) +
    printed("25 RUBINI", CY + 160, 12, ink) +
    `<g fill="none" stroke="${ink}" stroke-width=".5">${circularLettering("FATTO IN ITALIA", CX, CY, 306, 9, true)}</g>` +
    `<rect x="${CX + 176}" y="${CY - 27}" width="62" height="54" fill="#f7f4ee" stroke="${darker(metal, 0.4)}" stroke-width="4"/>` +
    `<g fill="none" stroke="#221d19" stroke-width=".8">${lettering("21", CX + 207, CY, 30)}</g>` +
    hand(304, 190, 30, metal) +
    hand(50, 292, 24, metal) +
    hand(172, 320, 6, "#b4432f", 90) +
    `<circle cx="${CX}" cy="${CY}" r="15" fill="url(#steel)" stroke="#000" stroke-opacity=".5" stroke-width="2"/>` +
    bezel(metal, 376) +
    crystal(350)
  );
}

function subdial(
  x: number,
  y: number,
  r: number,
  ink: string,
  degrees: number,
  labels: readonly string[],
): string {
  let out = `<circle cx="${x}" cy="${y}" r="${r}" fill="#000" fill-opacity=".28"/><circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${ink}" stroke-opacity=".5" stroke-width="3"/>`;
  for (let i = 1; i < 12; i++)
    out += `<circle cx="${x}" cy="${y}" r="${(r * i) / 12}" fill="none" stroke="#fff" stroke-opacity=".09" stroke-width="2"/>`;
  for (let i = 0; i < 60; i++)
    out += `<path d="M${x} ${y - r + 4}v${i % 5 ? 8 : 15}" stroke="${ink}" stroke-width="${i % 5 ? 1.6 : 3.2}" transform="rotate(${i * 6} ${x} ${y})"/>`;
  labels.forEach((label, i) => {
    const a = ((i * 360) / labels.length - 90) * (Math.PI / 180);
    out += `<g fill="none" stroke="${ink}" stroke-width=".7">${lettering(label, x + Math.cos(a) * r * 0.64, y + Math.sin(a) * r * 0.64, 17)}</g>`;
  });
  return `${out}<path d="M-4 18L0 ${-r * 0.82}L4 18Z" fill="${ink}" transform="translate(${x} ${y}) rotate(${degrees})"/><circle cx="${x}" cy="${y}" r="7" fill="${ink}"/>`;
}

export function chronograph(dial: string, leather: string, metal: string, accent: string): string {
  const ink = "#f3ede2";
  let tachymeter = "";
  [60, 65, 70, 80, 90, 100, 120, 140, 160, 180, 200, 240, 300, 400].forEach((speed) => {
    const degrees = (3600 / speed) * 6;
    tachymeter += `<g transform="rotate(${degrees % 360} ${CX} ${CY})">${circularLettering(`${speed}`, CX, CY, 377, 15)}</g>`;
  });
  const pusher = (y: number) =>
    `<g transform="rotate(${y < CY ? -28 : 28} ${CX} ${CY})"><rect x="${CX + 400}" y="${CY - 20}" width="44" height="40" fill="url(#steelv)"/><rect x="${CX + 438}" y="${CY - 34}" width="38" height="68" rx="8" fill="url(#steelv)" stroke="#000" stroke-opacity=".4" stroke-width="3"/></g>`;
  const blocks = Array.from({ length: 12 }, (_, i) => (i % 3 ? i : -1))
    .filter((i) => i >= 0)
    .map(
      (i) =>
        `<g transform="rotate(${i * 30} ${CX} ${CY})"><rect x="${CX - 10}" y="${CY - 312}" width="20" height="54" rx="3" fill="${ink}"/><rect x="${CX - 5}" y="${CY - 307}" width="10" height="44" rx="2" fill="#cfe3c8"/></g>`,
    );
  return (
    floorShadow(CX + 30, CY + 60, 560, 560, 0.3) +
    bands(leather) +
    watchCase(metal) +
    pusher(CY - 1) +
    pusher(CY + 1) +
    sunburst(350, dial) +
    minuteTrack(340, ink) +
    blocks.join("") +
    subdial(CX - 152, CY, 96, ink, 210, ["60", "15", "30", "45"]) +
    subdial(CX + 152, CY, 96, ink, 80, ["30", "10", "20"]) +
    subdial(CX, CY + 156, 96, ink, 300, ["12", "3", "6", "9"]) +
    printed("LUME", CY - 190, 38, ink, 0.75) +
    printed("NOTTURNA", CY - 146, 15, ink) +
    hand(306, 190, 28, ink) +
    hand(54, 290, 24, ink) +
    hand(0, 330, 7, accent, 100) +
    `<circle cx="${CX}" cy="${CY}" r="16" fill="${accent}"/><circle cx="${CX}" cy="${CY}" r="7" fill="url(#steel)"/>` +
    `<circle cx="${CX}" cy="${CY}" r="377" fill="none" stroke="#17181b" stroke-width="56"/><g fill="none" stroke="${ink}" stroke-width=".6">${tachymeter}</g>` +
    `<circle cx="${CX}" cy="${CY}" r="405" fill="none" stroke="url(#steelv)" stroke-width="10"/>` +
    crystal(350)
  );
}

export function watchBack(leather: string, metal: string, name: string): string {
  const engraved = (letters: (dy: number) => string) =>
    embossed(letters, 26, darker(metal, 0.75), lighter(metal, 0.8));
  const notches = Array.from(
    { length: 6 },
    (_, i) =>
      `<rect x="${CX - 26}" y="${CY - 398}" width="52" height="26" rx="5" fill="#000" fill-opacity=".5" transform="rotate(${i * 60 + 30} ${CX} ${CY})"/>`,
  );
  const window = Array.from(
    { length: 34 },
    (_, i) =>
      `<path d="M${point(40, i * 10.6)}Q${point(130, i * 10.6 + 26)} ${point(196, i * 10.6 + 8)}" stroke="#fff" stroke-opacity=".16" stroke-width="7" fill="none"/>`,
  );
  const wheel = (x: number, y: number, r: number, tone: string, teeth: number) =>
    `<circle cx="${x + 3}" cy="${y + 5}" r="${r}" fill="#000" fill-opacity=".4"/><circle cx="${x}" cy="${y}" r="${r}" fill="${tone}" stroke="${darker(tone, 0.4)}" stroke-width="9" stroke-dasharray="${((2 * Math.PI * r) / teeth / 2).toFixed(2)}"/><circle cx="${x}" cy="${y}" r="${r * 0.74}" fill="none" stroke="${darker(tone, 0.45)}" stroke-width="3"/>${[0, 60, 120].map((a) => `<path d="M${x - r * 0.72} ${y}H${x + r * 0.72}" stroke="${darker(tone, 0.3)}" stroke-width="7" transform="rotate(${a + r} ${x} ${y})"/>`).join("")}<circle cx="${x}" cy="${y}" r="${r * 0.16}" fill="#a3213a" stroke="#e8c36a" stroke-width="4"/>`;
  return (
    floorShadow(CX + 30, CY + 60, 560, 560, 0.3) +
    bands(leather) +
    watchCase(metal) +
    `<circle cx="${CX}" cy="${CY}" r="384" fill="url(#steelv)"/><circle cx="${CX}" cy="${CY}" r="384" fill="url(#brushed)"/>` +
    `<circle cx="${CX}" cy="${CY}" r="372" fill="none" stroke="#000" stroke-opacity=".3" stroke-width="4"/>${notches.join("")}` +
    engraved((dy) => circularLettering(`BOTTEGA LUME - ${name} - MILANO`, CX, CY + dy, 292, 30)) +
    engraved((dy) =>
      circularLettering("ACCIAIO 316L - ZAFFIRO - 5 ATM - NO. 0427", CX, CY + dy, 292, 24, true),
    ) +
    `<circle cx="${CX}" cy="${CY}" r="226" fill="#2c2622"/><circle cx="${CX}" cy="${CY}" r="214" fill="#8d8473"/><circle cx="${CX}" cy="${CY}" r="214" fill="url(#brushed-turned)"/>${window.join("")}` +
    wheel(CX - 84, CY + 70, 82, "#c9a24e", 40) +
    wheel(CX + 70, CY + 108, 56, "#c9a24e", 30) +
    wheel(CX + 112, CY - 10, 60, "#b9b3a6", 32) +
    `<path d="M${point(206, 262)}A206 206 0 0 1 ${point(206, 98)}L${point(70, 98)}A70 70 0 0 0 ${point(70, 262)}Z" fill="url(#steel)" stroke="#000" stroke-opacity=".5" stroke-width="3"/>` +
    engraved((dy) => circularLettering("LUME", CX, CY + dy, 130, 44)) +
    wheel(CX, CY, 34, "#c9a24e", 20) +
    crease(`M${point(216, 230)}A216 216 0 0 0 ${point(216, 130)}`, 4, 0.3) +
    crystal(222)
  );
}
