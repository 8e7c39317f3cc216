/**
 * Half an hour of a page that never rests: does anything grow, in her browser, at the desk, in the relay? Does the page stay
 * smooth, and if it does not, does the capture say that it is too heavy? Looked at sixty times, after garbage is collected.
 */
import type { Browser } from "playwright-core";
import { FLAT_TARGET, flatness } from "../flatness";
import { sparkline } from "../sync/sparkline";
import { median, type Row } from "../table";
import type { Relay } from "./relay";
import { ownRow } from "./rows";
import { pause } from "./session";
import { type End, openSoak, type SoakSession } from "./soak-session";

const LOOKS = 60;
const CARDS = 133;
/** Milliseconds in which the page is watched without anybody mirroring it. */
const ALONE_MS = 10_000;
/** Animation frames a second of a page that is smooth. */
const SMOOTH = 50;
/** What one collection finds dead may have held what dies in the next. */
const COLLECTIONS = 2;
const MEGABYTE = 1_048_576;
const MINUTE_MS = 60_000;

interface Look {
  readonly shopHeap: number;
  readonly deskHeap: number;
  readonly serverHeap: number;
  readonly shopNodes: number;
  readonly deskNodes: number;
  /** A second. */
  readonly frames: number;
  readonly changes: number;
  readonly resyncs: number;
  readonly isTooHeavy: boolean;
  readonly ticker: string;
}

/** Megabytes of the heap in use, and nodes, once garbage is collected. */
async function keptBy({ probe }: End): Promise<{ readonly heap: number; readonly nodes: number }> {
  for (let round = 0; round < COLLECTIONS; round++) await probe.send("HeapProfiler.collectGarbage");
  const { usedSize } = await probe.send("Runtime.getHeapUsage");
  const { nodes } = await probe.send("Memory.getDOMCounters");
  return { heap: usedSize / MEGABYTE, nodes };
}

async function framesASecond({ page }: End, milliseconds: number): Promise<number> {
  const read = () => page.evaluate(() => ({ frames: window.shop.frames(), at: performance.now() }));
  const before = await read();
  await pause(milliseconds);
  const after = await read();
  return (1_000 * (after.frames - before.frames)) / (after.at - before.at);
}

async function look(session: SoakSession, milliseconds: number): Promise<Look> {
  const { shop, desk } = session;
  await session.seen();
  const started = performance.now();
  const frames = await framesASecond(shop, milliseconds);
  const { changes, ...seen } = await session.seen();
  const seconds = (performance.now() - started) / 1_000;
  const [shopKept, deskKept] = [await keptBy(shop), await keptBy(desk)];
  return {
    shopHeap: shopKept.heap,
    deskHeap: deskKept.heap,
    serverHeap: (await session.serverHeap()) / MEGABYTE,
    shopNodes: shopKept.nodes,
    deskNodes: deskKept.nodes,
    frames,
    changes: changes / seconds,
    ...seen,
  };
}

/** @throws Error when the desk stands still, or something failed in a page */
export async function soak(browser: Browser, files: Relay, minutes: number): Promise<Row[]> {
  const session = await openSoak(browser, files, CARDS);
  try {
    await session.shop.page.evaluate(() => window.shop.churn());
    const alone = await framesASecond(session.shop, ALONE_MS);
    await session.join();
    const looks: Look[] = [];
    for (let turn = 1; turn <= LOOKS; turn++) {
      const now = await look(session, (minutes * MINUTE_MS) / LOOKS);
      if (!now.isTooHeavy && now.ticker === looks.at(-1)?.ticker) throw new Error("the desk stands still");
      looks.push(now);
      if (turn % 10 === 0) console.log(`${((turn * minutes) / LOOKS).toFixed(1)} of ${minutes} minutes`);
    }
    return tell(looks, alone);
  } finally {
    await session.close();
  }
}

const GRAPHS = [
  { what: "shopHeap", name: "shop page's heap", unit: "MB", isToBeFlat: true },
  { what: "deskHeap", name: "agent's viewer's heap", unit: "MB", isToBeFlat: true },
  { what: "serverHeap", name: "server's heap", unit: "MB", isToBeFlat: true },
  { what: "shopNodes", name: "shop page's nodes", unit: "", isToBeFlat: true },
  { what: "deskNodes", name: "agent's viewer's nodes", unit: "", isToBeFlat: true },
  { what: "frames", name: "shop page's frames", unit: "a second", isToBeFlat: false },
  { what: "changes", name: "changes told", unit: "a second", isToBeFlat: false },
] as const;

/** Prints the graphs and what the capture did. @param alone animation frames a second that the page had by itself */
function tell(looks: readonly Look[], alone: number): Row[] {
  const of = (what: (typeof GRAPHS)[number]["what"]) => looks.map((one) => one[what]);
  for (const { what, name, unit } of GRAPHS) {
    const values = of(what);
    const [first = 0, last = 0] = [values[0], values.at(-1)];
    const graph = `${first.toFixed(1).padStart(8)} ${sparkline(values)} ${last.toFixed(1)}`;
    console.log(`${name.padEnd(22)} ${graph} ${unit}`);
  }
  const tooHeavy = looks.filter(({ isTooHeavy }) => isTooHeavy).length;
  console.log(
    tooHeavy > 0
      ? `in ${tooHeavy} of ${LOOKS} looks the page was too heavy to be mirrored`
      : "the page was never too heavy",
  );
  // A page that is not smooth by itself cannot be made so.
  const wanted = Math.min(SMOOTH, alone);
  const missing = looks.map(({ isTooHeavy, frames }) => (isTooHeavy ? 0 : Math.max(0, wanted - frames)));
  return [
    ...GRAPHS.filter(({ isToBeFlat }) => isToBeFlat).flatMap(({ what, name, unit }) => {
      const { last, growth } = flatness(of(what));
      return [
        ownRow(`${name}, last quarter`, unit, last, null),
        ownRow(`${name}, last quarter of the second`, "x", growth, FLAT_TARGET),
      ];
    }),
    ownRow("shop page's frames a second, alone", "", alone, null),
    ownRow("shop page's frames a second, mirrored", "", median(of("frames")), null),
    ownRow("frames missing where it was not too heavy", "", median(missing), 0),
    ownRow("changes told a second", "", median(of("changes")), null),
    ownRow("times that the viewer began anew", "", looks.at(-1)?.resyncs ?? 0, null),
  ];
}
