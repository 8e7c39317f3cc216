/** Bags: a leather tote, a saddle bag with a buckle, a waxed canvas backpack. */
import { darker, lighter } from "./color";
import { buckle, crease, floorShadow, rivet, soft, solid, stitches, strap, within } from "./draw";
import { embossed, lettering } from "./lettering";

const BRASS = "#b98d46";
const NAME = "BOTTEGA LUME";

export function tote(color: string, view: "front" | "back"): string {
  const thread = lighter(color, 0.55);
  const body =
    "M352 842C520 826 1080 826 1248 842C1276 1060 1306 1320 1318 1560C1322 1626 1286 1654 1226 1658C980 1672 620 1672 374 1658C314 1654 278 1626 282 1560C294 1320 324 1060 352 842Z";
  const facing = "M350 838C520 822 1080 822 1250 838L1262 934C1080 920 520 920 338 934Z";
  const handle = (lift: number) =>
    `M566 900C556 ${560 - lift} 640 ${360 - lift} 800 ${360 - lift}S1044 ${560 - lift} 1034 900`;
  const back = strap(handle(46), darker(color, 0.3), 44, { texture: "leather" });
  const front = strap(handle(0), color, 48, { texture: "leather", thread });
  const tab = (x: number) => {
    const d = `M${x - 44} 880H${x + 44}V1060C${x + 44} 1100 ${x + 22} 1118 ${x} 1124C${x - 22} 1118 ${x - 44} 1100 ${x - 44} 1060Z`;
    return (
      soft(d, "#000", 22, 0.3) +
      solid(d, lighter(color, 0.04), { texture: "leather", rim: 26 }) +
      stitches(
        `M${x - 32} 892V1058C${x - 32} 1088 ${x - 16} 1104 ${x} 1110C${x + 16} 1104 ${x + 32} 1088 ${x + 32} 1058V892`,
        thread,
        13,
        3.6,
      ) +
      rivet(x, 940, 13, BRASS) +
      rivet(x, 1064, 13, BRASS)
    );
  };
  const seams =
    stitches("M362 946C540 932 1060 932 1238 946", thread) +
    stitches(
      "M370 962C392 962 352 1300 318 1556C312 1604 336 1630 384 1634C624 1648 976 1648 1216 1634C1264 1630 1288 1604 1282 1556C1248 1300 1208 962 1230 962",
      thread,
    );
  const folds = within(
    body,
    soft("M470 1000C440 1250 420 1450 402 1640", "#000", 110, 0.22) +
      soft("M1130 990C1168 1230 1180 1450 1200 1640", "#000", 150, 0.24) +
      soft("M700 1010C690 1240 660 1400 640 1600", "#fff", 170, 0.11) +
      soft("M330 1640C620 1672 980 1672 1290 1640", "#000", 120, 0.36) +
      soft("M640 1120C760 1180 900 1170 1000 1110", "#000", 60, 0.1),
  );
  const front1 =
    embossed((dy) => lettering(NAME, 800, 1440 + dy, 38), 38, darker(color, 0.75), lighter(color, 0.5)) +
    embossed(
      (dy) => lettering("FATTO A MANO", 800, 1500 + dy, 17),
      17,
      darker(color, 0.75),
      lighter(color, 0.5),
    );
  const zip =
    solid("M500 1120H1100V1186H500Z", darker(color, 0.25), { texture: "leather-fine", rim: 20 }) +
    `<rect x="516" y="1140" width="568" height="26" fill="#2b241f"/><path d="M516 1153H1084" stroke="${BRASS}" stroke-width="18" stroke-dasharray="5 4"/><path d="M516 1153H1084" stroke="#fff2cf" stroke-opacity=".5" stroke-width="5" stroke-dasharray="5 4"/>` +
    stitches("M504 1124H1096V1182H504Z", thread, 13, 3.6) +
    `<path d="M560 1146h34l10 8-10 8h-34z" fill="${BRASS}" stroke="#5b431c" stroke-width="2"/>` +
    strap("M604 1154C640 1160 650 1220 652 1290", lighter(color, 0.04), 20, { texture: "leather-fine" }) +
    crease("M470 1262C690 1250 910 1250 1130 1262V1560", 4, 0.25) +
    stitches("M476 1270C690 1258 910 1258 1124 1270M470 1262V1590M1130 1262V1590", thread, 13, 3.6);
  return (
    floorShadow(800, 1650, 640, 70) +
    back +
    solid(body, color, { texture: "leather", rim: 190, gloss: 0.26 }) +
    folds +
    solid(facing, lighter(color, 0.05), { texture: "leather", rim: 40 }) +
    crease("M340 936C520 922 1080 922 1260 936", 5, 0.4) +
    seams +
    (view === "front" ? front1 : zip) +
    tab(566) +
    tab(1034) +
    front +
    rivet(566, 890, 15, BRASS) +
    rivet(1034, 890, 15, BRASS) +
    (view === "front" ? keyring(1034, 1130, color) : "")
  );
}

function keyring(x: number, y: number, color: string): string {
  const tag = `M${x - 34} ${y + 66}L${x} ${y + 40}L${x + 34} ${y + 66}V${y + 204}H${x - 34}Z`;
  return (
    `<path d="M${x} ${y - 20}V${y + 62}" stroke="${darker(color, 0.5)}" stroke-width="7"/>` +
    soft(tag, "#000", 30, 0.3) +
    solid(tag, darker(color, 0.15), { texture: "leather-fine", rim: 22 }) +
    stitches(
      `M${x - 25} ${y + 72}L${x} ${y + 53}L${x + 25} ${y + 72}V${y + 194}H${x - 25}Z`,
      lighter(color, 0.5),
      9,
      2.6,
    ) +
    rivet(x, y + 74, 9, BRASS) +
    embossed((dy) => lettering("B", x, y + 138 + dy, 40), 40, darker(color, 0.8), lighter(color, 0.4))
  );
}

export function saddleBag(color: string, view: "front" | "side"): string {
  const thread = lighter(color, 0.5);
  const squeeze = view === "side" ? "translate(800 0) scale(.62 1) translate(-800 0)" : "";
  const body =
    "M330 960C330 900 372 880 440 876C680 862 920 862 1160 876C1228 880 1270 900 1270 960C1284 1140 1290 1270 1240 1410C1190 1560 1010 1640 800 1640S410 1560 360 1410C310 1270 316 1140 330 960Z";
  const flap =
    "M322 950C326 884 372 862 440 858C680 844 920 844 1160 858C1228 862 1274 884 1278 950C1286 1070 1282 1150 1258 1232C1222 1352 1040 1420 800 1420S378 1352 342 1232C318 1150 314 1070 322 950Z";
  const flapSeam =
    "M346 956C350 906 388 886 442 882C680 868 920 868 1158 882C1212 886 1250 906 1254 956C1262 1070 1258 1142 1236 1222C1204 1332 1030 1396 800 1396S396 1332 364 1222C342 1142 338 1070 346 956Z";
  const loop = "M372 900C300 560 470 150 800 150S1300 560 1228 900";
  const closing =
    soft("M800 1120V1512", "#000", 120, 0.26) +
    solid("M748 1130H852V1480C852 1520 830 1536 800 1540C770 1536 748 1520 748 1480Z", lighter(color, 0.03), {
      texture: "leather",
      rim: 30,
    }) +
    stitches("M762 1140V1478C762 1508 780 1522 800 1526C820 1522 838 1508 838 1478V1140", thread, 13, 3.6) +
    buckle(800, 1392, 172, 118, BRASS) +
    [1452, 1484]
      .map(
        (y) =>
          `<ellipse cx="800" cy="${y}" rx="8" ry="9" fill="#1a100a"/><path d="M793 ${y + 6}a8 9 0 0 0 14 0" stroke="${lighter(color, 0.5)}" stroke-width="2" fill="none"/>`,
      )
      .join("") +
    solid("M728 1270H872V1304H728Z", darker(color, 0.1), { texture: "leather-fine", rim: 16 }) +
    stitches("M736 1287H864", thread, 10, 3);
  const main =
    solid(body, darker(color, 0.14), { texture: "leather", rim: 150, gloss: 0.12 }) +
    stitches(
      "M352 1240C360 1300 376 1380 402 1426C456 1552 620 1614 800 1614S1144 1552 1198 1426C1224 1380 1240 1300 1248 1240",
      thread,
    ) +
    within(body, soft(flap, "#000", 90, 0.55)) +
    solid(flap, color, { texture: "leather", rim: 120, gloss: 0.36, light: [0.32, 0.2] }) +
    within(
      flap,
      soft("M330 1150C520 1290 1080 1290 1270 1150", "#fff", 130, 0.1) +
        soft("M322 940C600 980 1000 980 1278 940", "#000", 60, 0.16),
    ) +
    stitches(flapSeam, thread) +
    `<path d="${flap}" fill="none" stroke="${darker(color, 0.6)}" stroke-width="5" stroke-opacity=".7"/>` +
    closing +
    embossed((dy) => lettering(NAME, 800, 1062 + dy, 30), 30, darker(color, 0.75), lighter(color, 0.5));
  const ring = (x: number) => buckle(x, 892, 92, 74, BRASS);
  const straps =
    soft(loop, "#000", 70, 0.12) +
    strap(loop, color, 42, { texture: "leather", thread }) +
    buckle(1196, 560, 82, 92, BRASS);
  return (
    floorShadow(800, 1634, view === "side" ? 380 : 520, 62) +
    `<g transform="${squeeze}">${straps}${main}${ring(374)}${ring(1226)}</g>`
  );
}

export function backpack(color: string, view: "front" | "back"): string {
  const tan = "#8a5a33";
  const thread = "#d9c39a";
  const body =
    "M420 760C430 640 520 590 640 584H960C1080 590 1170 640 1180 760C1206 1020 1222 1300 1216 1560C1212 1630 1170 1660 1100 1664C900 1674 700 1674 500 1664C430 1660 388 1630 384 1560C378 1300 394 1020 420 760Z";
  const lid =
    "M404 742C414 606 520 566 640 560H960C1080 566 1186 606 1196 742L1212 940C1214 990 1190 1010 1140 1014C920 1030 680 1030 460 1014C410 1010 386 990 388 940Z";
  const pocket =
    "M486 1180C690 1166 910 1166 1114 1180C1126 1300 1130 1420 1128 1540C1126 1584 1104 1600 1064 1604C900 1612 700 1612 536 1604C496 1600 474 1584 472 1540C470 1420 474 1300 486 1180Z";
  const closure = (x: number) =>
    soft(`M${x} 860V1330`, "#000", 80, 0.25) +
    strap(`M${x} 720V1120`, tan, 58, { texture: "leather", thread }) +
    strap(`M${x} 1090V1330`, darker(tan, 0.1), 52, { texture: "leather", thread }) +
    buckle(x, 1122, 96, 76, BRASS) +
    [1196, 1236, 1276].map((y) => `<ellipse cx="${x}" cy="${y}" rx="6" ry="7" fill="#150d07"/>`).join("") +
    rivet(x, 752, 12, BRASS);
  const patch =
    solid("M668 1330H932V1470H668Z", tan, { texture: "leather", rim: 34 }) +
    stitches("M680 1342H920V1458H680Z", thread, 11, 3.2) +
    embossed((dy) => lettering("BOTTEGA LUME", 800, 1386 + dy, 21), 21, darker(tan, 0.8), lighter(tan, 0.4)) +
    embossed((dy) => lettering("ALPE 24 L", 800, 1426 + dy, 15), 15, darker(tan, 0.8), lighter(tan, 0.4));
  const front =
    solid(pocket, lighter(color, 0.03), { texture: "canvas", rim: 90 }) +
    stitches(
      "M500 1196C690 1182 910 1182 1100 1196M492 1210C482 1380 484 1500 490 1546C496 1578 512 1586 542 1588C700 1596 900 1596 1058 1588C1088 1586 1104 1578 1110 1546C1116 1500 1118 1380 1108 1210",
      thread,
    ) +
    patch +
    within(body, soft("M400 1010C680 1050 920 1050 1200 1010", "#000", 70, 0.4)) +
    solid(lid, color, { texture: "canvas", rim: 110, gloss: 0.24 }) +
    stitches(
      "M410 934C412 972 432 986 466 990C680 1006 920 1006 1134 990C1168 986 1188 972 1190 934",
      thread,
    ) +
    within(
      lid,
      soft("M430 900C640 840 960 930 1180 860", "#fff", 60, 0.09) +
        soft("M560 600C640 700 660 800 640 980", "#000", 80, 0.12),
    ) +
    closure(600) +
    closure(1000);
  const padding = "M520 720H1080C1110 1000 1120 1300 1100 1580H500C480 1300 490 1000 520 720Z";
  const back =
    solid(padding, darker(color, 0.2), { texture: "canvas-fine", rim: 80 }) +
    [880, 1060, 1240, 1420]
      .map((y) => crease(`M512 ${y}C700 ${y + 16} 900 ${y + 16} 1090 ${y}`, 8, 0.4))
      .join("") +
    [620, 980]
      .map(
        (x) =>
          soft(`M${x} 680C${x - 60} 1000 ${x - 40} 1300 ${x < 800 ? 480 : 1120} 1560`, "#000", 110, 0.3) +
          strap(
            `M${x} 660C${x - (x < 800 ? 80 : -80)} 1000 ${x - (x < 800 ? 60 : -60)} 1280 ${x < 800 ? 460 : 1140} 1560`,
            tan,
            84,
            { texture: "leather", thread },
          ),
      )
      .join("") +
    buckle(486, 1420, 110, 80, BRASS) +
    buckle(1114, 1420, 110, 80, BRASS);
  return (
    floorShadow(800, 1658, 560, 64) +
    strap("M700 580C700 440 900 440 900 580", tan, 40, { texture: "leather", thread }) +
    solid(body, darker(color, 0.08), { texture: "canvas", rim: 170, gloss: 0.16 }) +
    within(
      body,
      soft("M470 1050C440 1300 450 1500 440 1650", "#000", 90, 0.25) +
        soft("M1150 1050C1180 1300 1170 1500 1180 1650", "#000", 120, 0.3) +
        soft("M400 1660H1200", "#000", 90, 0.35),
    ) +
    (view === "front" ? front : back)
  );
}
