/** Shoes in profile: a leather sneaker and a Chelsea boot. */
import { darker, lighter } from "./color";
import { crease, floorShadow, soft, solid, stitches, within } from "./draw";
import { embossed, lettering } from "./lettering";

export function sneaker(color: string, accent: string, sole: string): string {
  const thread = lighter(color, 0.5);
  const upper =
    "M236 1262C214 1180 214 1090 232 1010C240 960 240 900 252 852C262 812 300 806 332 822C392 858 470 880 560 872C604 866 636 836 664 800C688 770 730 772 764 792C806 820 846 850 884 886C980 974 1080 1034 1200 1060C1330 1084 1420 1128 1428 1216C1430 1240 1428 1256 1420 1270Z";
  const solePath =
    "M206 1262C200 1300 206 1346 230 1366C252 1384 300 1386 360 1386H1200C1310 1386 1390 1366 1432 1312C1446 1290 1450 1262 1436 1240C1300 1262 1000 1254 800 1254C560 1254 360 1262 222 1240C212 1244 208 1252 206 1262Z";
  const heel =
    "M232 1010C214 1090 214 1180 236 1262H470C452 1160 410 1080 330 1022C300 1004 262 1000 232 1010Z";
  const collar =
    "M252 852C262 812 300 806 332 822C392 858 470 880 560 872C604 866 636 836 664 800L700 838C660 900 610 934 540 938C440 944 330 920 244 906Z";
  const tongue =
    "M664 800C640 760 650 706 700 690C748 680 800 706 820 748L884 886L800 930C740 900 690 860 664 800Z";
  const eyestay =
    "M664 800C688 770 730 772 764 792C806 820 846 850 884 886C950 946 1016 994 1090 1026C1082 1062 1058 1092 1020 1112C900 1060 780 980 664 872C650 850 652 822 664 800Z";
  const toe =
    "M1090 1026C1120 1042 1160 1052 1200 1060C1330 1084 1420 1128 1428 1216C1430 1240 1428 1256 1420 1270H1080C1050 1200 1046 1110 1090 1026Z";
  const eyelets = Array.from(
    { length: 6 },
    (_, i) => [726 + i * 58, 826 + i * 42 - (i > 3 ? (i - 3) * 5 : 0)] as const,
  );
  const laces = eyelets
    .map(([x, y], i) => {
      const d = `M${x} ${y + 14}C${x + 16} ${y - 24} ${x + 44} ${y - 50} ${x + 66} ${y - 52 + i * 3}`;
      const line = (stroke: string, w: number, extra = "") =>
        `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${w}" stroke-linecap="round" ${extra}/>`;
      return (
        line("#000", 30, 'stroke-opacity=".28" transform="translate(3 7)"') +
        line("#cfc6b8", 25) +
        line("#f4efe6", 20) +
        line("#a99f90", 20, 'stroke-dasharray="3 5" stroke-opacity=".5"')
      );
    })
    .join("");
  const holes = eyelets
    .map(
      ([x, y]) =>
        `<circle cx="${x - 2}" cy="${y + 20}" r="13" fill="#c9c4ba" stroke="#77726a" stroke-width="3"/><circle cx="${x - 2}" cy="${y + 20}" r="7" fill="#1c1917"/>`,
    )
    .join("");
  let perforations = "";
  for (let row = 0; row < 5; row++)
    for (let i = 0; i < 9 - row; i++) {
      const x = 1150 + i * 24 + row * 12;
      const y = 1104 + row * 22 + i * 5.4;
      perforations += `<circle cx="${x}" cy="${y}" r="5.4" fill="#0c0907" fill-opacity=".75"/><path d="M${x - 5} ${y + 2}a5.4 5.4 0 0 0 10 0" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="1.6"/>`;
    }
  const stripe = "M620 1254C660 1180 720 1080 772 1010L838 1052C790 1110 740 1190 712 1254Z";
  const ridges = Array.from(
    { length: 62 },
    (_, i) => `<path d="M${236 + i * 19} 1332v40" stroke="#000" stroke-opacity=".13" stroke-width="4"/>`,
  ).join("");
  return (
    floorShadow(820, 1386, 660, 46, 0.65) +
    solid(tongue, lighter(color, 0.1), { texture: "leather-fine", rim: 60 }) +
    stitches("M676 790C660 756 668 720 706 708C746 700 790 722 806 756", thread, 12, 3.4) +
    `<g transform="rotate(24 742 748)">${embossed((dy) => lettering("LUME", 742, 746 + dy, 26), 26, darker(color, 0.8), lighter(color, 0.5))}</g>` +
    solid(upper, color, { texture: "leather-fine", rim: 130, gloss: 0.4, light: [0.4, 0.3] }) +
    within(
      upper,
      soft("M420 960C560 1040 700 1180 740 1260", "#000", 90, 0.12) +
        soft("M230 1256H1430", "#000", 90, 0.38) +
        soft("M950 1150C1000 1180 1040 1210 1060 1262", "#000", 60, 0.14),
    ) +
    solid(stripe, accent, { texture: "suede", rim: 30 }) +
    stitches(
      "M632 1250C672 1180 726 1090 776 1024M706 1250C734 1190 784 1112 828 1058",
      lighter(accent, 0.5),
      12,
      3.4,
    ) +
    soft(heel, "#000", 18, 0.2) +
    solid(heel, accent, { texture: "suede", rim: 70 }) +
    stitches(
      "M246 1026C290 1020 316 1030 338 1048C402 1100 438 1170 454 1256",
      lighter(accent, 0.5),
      13,
      3.8,
    ) +
    soft(toe, "#000", 16, 0.2) +
    solid(toe, lighter(color, 0.03), { texture: "leather-fine", rim: 80, gloss: 0.45, light: [0.5, 0.25] }) +
    stitches(
      "M1100 1044C1064 1120 1068 1190 1094 1254M1116 1052C1080 1124 1084 1192 1110 1254",
      thread,
      13,
      3.8,
    ) +
    perforations +
    soft(eyestay, "#000", 18, 0.24) +
    solid(eyestay, lighter(color, 0.02), { texture: "leather-fine", rim: 40 }) +
    stitches("M682 870C790 968 900 1044 1018 1094C1046 1078 1062 1058 1072 1034", thread, 13, 3.8) +
    holes +
    laces +
    solid(collar, accent, { texture: "suede", rim: 60, gloss: 0.2 }) +
    stitches("M250 890C340 906 450 928 540 922C602 918 646 888 684 838", lighter(accent, 0.5), 13, 3.6) +
    solid(solePath, sole, {
      texture: "plaster",
      textureOpacity: 0.6,
      rim: 60,
      gloss: 0.3,
      light: [0.4, 0.1],
    }) +
    within(solePath, ridges + crease("M206 1326C560 1330 1100 1330 1440 1300", 5, 0.35)) +
    stitches("M222 1276C560 1284 1100 1284 1426 1270", "#efe6d4", 17, 5) +
    `<g fill="none" stroke="#3a332c" stroke-width=".8" stroke-opacity=".7">${lettering("BOTTEGA LUME", 800, 1306, 14)}</g>`
  );
}

export function chelseaBoot(color: string, view: "side" | "pair"): string {
  if (view === "pair")
    return `<g transform="translate(330 190) scale(.74)">${boot(darker(color, 0.22))}</g><g transform="translate(20 330) scale(.86)">${boot(color)}</g>`;
  return boot(color);
}

function boot(color: string): string {
  const thread = lighter(color, 0.4);
  const upper =
    "M330 1380C318 1290 330 1190 336 1110C342 960 330 780 340 560C342 528 360 520 392 520H772C806 520 820 530 822 562C826 700 836 820 862 900C886 970 950 1020 1040 1060C1180 1110 1320 1150 1378 1230C1410 1276 1416 1330 1410 1384Z";
  const gore = "M500 560H690C694 720 676 880 600 1010C530 890 496 720 500 560Z";
  const vamp =
    "M862 900C886 970 950 1020 1040 1060C1180 1110 1320 1150 1378 1230C1410 1276 1416 1330 1410 1384H700C660 1250 690 1080 780 980C808 950 840 930 862 900Z";
  const welt = "M310 1372H1424C1440 1384 1440 1404 1424 1414H312C300 1404 300 1384 310 1372Z";
  const heel = "M318 1410H612C608 1450 604 1480 604 1512H332C324 1480 318 1450 318 1410Z";
  const outsole =
    "M312 1412H1424C1436 1436 1400 1458 1330 1462C1180 1468 1020 1440 880 1440H318C306 1432 306 1420 312 1412Z";
  const ribs = Array.from(
    { length: 26 },
    (_, i) =>
      `<path d="M${494 + i * 8} 540V1020" stroke="#000" stroke-opacity=".55" stroke-width="3"/><path d="M${497 + i * 8} 540V1020" stroke="#fff" stroke-opacity=".16" stroke-width="1.6"/>`,
  ).join("");
  const pull = (x: number) =>
    `<path d="M${x} 640V450C${x} 424 ${x + 56} 424 ${x + 56} 450V640" fill="none" stroke="${darker(color, 0.55)}" stroke-width="30"/><path d="M${x} 640V450C${x} 424 ${x + 56} 424 ${x + 56} 450V640" fill="none" stroke="${darker(color, 0.3)}" stroke-width="24"/><path d="M${x} 640V450C${x} 424 ${x + 56} 424 ${x + 56} 450V640" fill="none" stroke="url(#canvas-fine)" stroke-width="24"/>`;
  const layers = [1452, 1470, 1488]
    .map(
      (y) =>
        `<path d="M322 ${y}H606" stroke="#000" stroke-opacity=".4" stroke-width="3"/><path d="M322 ${y + 3}H606" stroke="#fff" stroke-opacity=".14" stroke-width="2"/>`,
    )
    .join("");
  return (
    floorShadow(850, 1510, 580, 36, 0.75) +
    solid(heel, "#3a2a1f", { texture: "wood", rim: 50 }) +
    layers +
    `<g transform="rotate(3 320 1400)">` +
    solid(
      "M348 560C350 528 372 512 404 512H766C798 512 814 528 814 560C700 590 460 590 348 560Z",
      darker(color, 0.55),
      { texture: "suede", rim: 40 },
    ) +
    pull(352) +
    solid(upper, color, { texture: "leather-fine", rim: 210, volume: 0.7, gloss: 0.5, light: [0.3, 0.3] }) +
    within(
      upper,
      soft("M420 560C410 800 400 1100 420 1360", "#fff", 70, 0.2) +
        soft("M760 560C770 760 760 860 780 940", "#000", 90, 0.26) +
        soft("M800 930C860 1010 940 1060 1010 1130", "#000", 70, 0.22) +
        soft("M790 1000C850 1050 900 1080 940 1150", "#000", 40, 0.2) +
        soft("M1040 1120C1180 1160 1290 1200 1340 1260", "#fff", 60, 0.34) +
        soft("M320 1376H1420", "#000", 90, 0.46),
    ) +
    soft(gore, "#000", 26, 0.34) +
    within(
      gore,
      `<rect x="480" y="540" width="230" height="490" fill="${darker(color, 0.5)}"/>${ribs}${soft("M520 560C520 720 540 880 600 1000", "#fff", 60, 0.12)}`,
    ) +
    `<path d="${gore}" fill="none" stroke="${darker(color, 0.7)}" stroke-width="5"/>` +
    stitches("M484 562C480 724 514 900 600 1036C690 900 710 724 706 562", thread, 12, 3.4) +
    stitches("M470 562C466 734 502 920 600 1062C704 920 724 734 720 562", thread, 12, 3.4) +
    crease("M862 900C840 930 808 950 780 980C690 1080 660 1250 700 1384", 5, 0.5) +
    stitches("M842 936C826 956 806 970 790 988C708 1086 680 1250 716 1376", thread, 12, 3.4) +
    within(vamp, soft("M1250 1230C1330 1250 1380 1290 1390 1360", "#fff", 50, 0.22)) +
    stitches("M352 546H808", thread, 12, 3.4) +
    solid(outsole, "#4a3626", { texture: "wood", rim: 26 }) +
    solid(welt, "#8a653f", { texture: "leather-fine", rim: 18, gloss: 0.2 }) +
    stitches("M322 1390H1418", "#efe0bf", 15, 4.6) +
    "</g>"
  );
}
