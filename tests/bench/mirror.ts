/**
 * The page mirror against rrweb's recorder and live player, on the same synthetic pages of a shop, over the same line, in
 * the same run by turns: what is loaded, the first picture of a page, latency, work, bytes, memory, likeness.
 * `npm run bench:mirror` takes about six minutes; `-- --quick` gives a rough idea. It wants a machine that does nothing else.
 * `-- --soak` is half an hour of a page that never rests instead, `-- --soak --minutes 5` a shorter one.
 */
import { loadavg } from "node:os";
import { type Browser, chromium } from "playwright-core";
import { differingShare } from "../mirror/pixels";
import { type ActivityResult, act, activities } from "./mirror/activity";
import { gzippedBytes } from "./mirror/bundles";
import { growAtOnce } from "./mirror/growth";
import { latencies, quantile } from "./mirror/latency";
import { comeAndGo, type MemoryResult } from "./mirror/memory";
import { openRelay, type Relay } from "./mirror/relay";
import { compared, ownRow, Samples } from "./mirror/rows";
import { type Engine, openSession, type Session } from "./mirror/session";
import { type SnapshotResult, takeSnapshot } from "./mirror/snapshot";
import { soak } from "./mirror/soak";
import { type Row, report } from "./table";

const quick = process.argv.includes("--quick");
const isSoak = process.argv.includes("--soak");
const SOAK_MINUTES = 30;
const ROUNDS = quick ? 1 : 3;
const ACTIVITY_ROUNDS = quick ? 1 : 2;
const ACTIVITY_MS = quick ? 2_000 : 4_000;
const CHANGES = quick ? 10 : 40;
const ATTEMPTS = 3;
/** Nested documents, and as many shadow roots. */
const REMOVED = quick ? 100 : 500;
/** Cards, by about how many nodes the page then has. */
const SIZES = { "3.5k": 133, "16k": 658 } as const;
const KINDS = { frames: "iframes", shadows: "shadow hosts" } as const;

/** Bytes gzipped of what a shop's page loads for capture, and of what a desk loads. */
const BUNDLE_TARGET = 12_288;
/** Shares of rrweb's. */
const SNAPSHOT_BYTES_TARGET = 0.8;
const SNAPSHOT_TIME_TARGET = 0.7;
const BLOCK_TARGET = 0.4;
/** On the small page; the large one is held against the small one. */
const LATENCY_TARGET = 1;
const BYTES_TARGET = 0.5;
const SCRIPT_TARGET = 1.5;
/** Milliseconds of the longest task of a snapshot, at 16,000 nodes. */
const TASK_TARGET_MS = 50;
/** Milliseconds of script a second while nothing happens. */
const IDLE_TARGET_MS = 5;
/** Latency on the large page, of that on the small one. */
const FLAT_TARGET = 1.2;
/** Nodes that may be alive after the page removed thousands: texts that changed meanwhile. */
const NODES_TARGET = 20;
/** Per cent of pixels. */
const PIXELS_TARGET = 0.1;
const LIGHT = ["mouse move", "scroll", "typing"];
const BUSY = ["scroll", "typing", "route change"];

const engines: readonly Engine[] = ["ours", "rrweb"];
const withAlone: readonly Engine[] = [...engines, "page alone"];
const say = (what: string) =>
  console.log(
    `${performance.now().toFixed(0).padStart(7)} ms, machine's load ${loadavg()[0]?.toFixed(1)}: ${what}`,
  );

/** The browser's tracing stalls now and then: such a session is said and begun anew, whoever's it is. */
async function withSession<T>(
  engine: Engine,
  cards: number,
  use: (session: Session) => Promise<T>,
  attempts = ATTEMPTS,
): Promise<T> {
  const session = await openSession(browser, relay, engine, cards);
  try {
    return await use(session);
  } catch (error) {
    if (attempts === 1) throw error;
    say(`${engine}, once more: ${error instanceof Error ? error.message : error}`);
  } finally {
    await session.close();
  }
  return withSession(engine, cards, use, attempts - 1);
}

async function bundleRows(): Promise<Row[]> {
  const [capture, page, viewer, recorder, player] = await Promise.all([
    gzippedBytes("openCapture", "./lib/mirror/capture/open-capture"),
    gzippedBytes("openMirrorPage", "./lib/mirror/page/open-mirror-page"),
    gzippedBytes("openViewer", "./lib/mirror/apply/open-viewer"),
    gzippedBytes("record", "@rrweb/record"),
    gzippedBytes("Replayer", "rrweb"),
  ]);
  const unit = "bytes gzipped";
  return [
    compared("capture with its gate", unit, capture, { rrweb: recorder }, "itself", BUNDLE_TARGET),
    ownRow("capture with bar and control", unit, page, null),
    compared("viewer", unit, viewer, { rrweb: player }, "itself", BUNDLE_TARGET),
  ];
}

interface Look {
  readonly snapshot: SnapshotResult;
  readonly latencies: readonly number[];
  /** Per cent. */
  readonly differing: number;
}

/** Where a player draws the customer's pointer is not the page. */
const HIDE_POINTER = ".replayer-mouse,.replayer-mouse-tail{visibility:hidden!important}";

async function lookAt(session: Session): Promise<Look> {
  const snapshot = await takeSnapshot(browser, session);
  await session.desk?.page.addStyleTag({ content: HIDE_POINTER });
  const [page, replica] = [await session.shop.screenshot(), await session.desk?.page.screenshot()];
  const differing = replica ? 100 * (await differingShare(page, replica)) : 100;
  return { snapshot, latencies: await latencies(session, CHANGES), differing };
}

async function lookRows(): Promise<Row[]> {
  const rows: Row[] = [];
  const medianLatency: number[] = [];
  for (const [size, cards] of Object.entries(SIZES)) {
    const samples = new Samples<Look>();
    for (let round = 1; round <= ROUNDS; round++)
      for (const engine of engines) {
        say(`${size} nodes, ${round} of ${ROUNDS}: ${engine}`);
        samples.add(engine, await withSession(engine, cards, lookAt));
      }
    const at = `${size} nodes`;
    const p50 = samples.row(
      `latency, ${at}, median`,
      "ms",
      (look) => quantile(look.latencies, 0.5),
      "rrweb",
      size === "3.5k" ? LATENCY_TARGET : null,
    );
    medianLatency.push(p50.ours);
    rows.push(
      samples.row(`snapshot, ${at}, plain`, "KB", ({ snapshot }) => snapshot.plainKb, "rrweb", null),
      samples.row(
        `snapshot, ${at}, gzipped`,
        "KB",
        ({ snapshot }) => snapshot.gzippedKb,
        "rrweb",
        SNAPSHOT_BYTES_TARGET,
      ),
      samples.row(
        `fonts and files beside it, ${at}`,
        "KB",
        ({ snapshot }) => snapshot.filesKb,
        "itself",
        null,
      ),
      samples.row(
        `snapshot, ${at}, main thread`,
        "ms",
        ({ snapshot }) => snapshot.workMs,
        "rrweb",
        SNAPSHOT_TIME_TARGET,
      ),
      samples.row(
        `snapshot, ${at}, longest task`,
        "ms",
        ({ snapshot }) => snapshot.longestTask,
        "rrweb",
        BLOCK_TARGET,
      ),
      p50,
      samples.row(`latency, ${at}, 95 %`, "ms", (look) => quantile(look.latencies, 0.95), "rrweb", null),
      samples.row(`changes that arrived, ${at}`, "", (look) => look.latencies.length, "itself", null),
      samples.row(`pixels that differ, ${at}`, "%", ({ differing }) => differing, "itself", PIXELS_TARGET),
    );
    if (size === "16k") {
      const longest = samples.row("", "ms", ({ snapshot }) => snapshot.longestTask, "itself", null).ours;
      rows.push(ownRow(`snapshot, ${at}, longest task of ours`, "ms", longest, TASK_TARGET_MS));
    }
  }
  const [small = Number.NaN, large = Number.NaN] = medianLatency;
  rows.push(ownRow("latency, 16k nodes of 3.5k", "x", large / small, FLAT_TARGET));
  return rows;
}

async function growthRows(): Promise<Row[]> {
  const samples = new Samples<number>();
  for (let round = 1; round <= ROUNDS; round++)
    for (const engine of withAlone) {
      say(`7,500 nodes at once, ${round} of ${ROUNDS}: ${engine}`);
      const longest = await withSession(engine, SIZES["3.5k"], async (session) => {
        await session.start();
        return growAtOnce(browser, session);
      });
      samples.add(engine, longest);
    }
  const figure = "7,500 nodes at once, longest task";
  return [
    samples.row(figure, "ms", (longest) => longest, "rrweb", BLOCK_TARGET),
    samples.netRow(`${figure}, more than the page's own`, "ms", (longest) => longest, "rrweb", null),
  ];
}

async function activityRows(): Promise<Row[]> {
  const all = Object.entries(activities).map(
    ([name, step]) => [name, step, new Samples<ActivityResult>()] as const,
  );
  for (let round = 1; round <= ACTIVITY_ROUNDS; round++)
    for (const engine of round === 1 ? withAlone : engines) {
      say(`activities, ${round} of ${ACTIVITY_ROUNDS}: ${engine}`);
      const results = await withSession(engine, SIZES["3.5k"], async (session) => {
        await session.start();
        const done: (() => void)[] = [];
        for (const [, step, samples] of all) {
          const result = await act(session, step, ACTIVITY_MS);
          done.push(() => samples.add(engine, result));
        }
        return done;
      });
      for (const add of results) add();
    }
  return all.flatMap(([name, , samples]) => {
    const isLight = LIGHT.includes(name);
    const bytesTarget = BUSY.includes(name) ? BYTES_TARGET : null;
    const scriptTarget = isLight ? SCRIPT_TARGET : null;
    return [
      samples.row(`${name}: sent a second`, "bytes", ({ deflated }) => deflated, "rrweb", bytesTarget),
      samples.row(`${name}: sent a second, one stream`, "bytes", ({ streamed }) => streamed, "rrweb", null),
      name === "idle"
        ? samples.netRow("idle: script a second", "ms", ({ script }) => script, "itself", IDLE_TARGET_MS)
        : samples.netRow(`${name}: script a second`, "ms", ({ script }) => script, "rrweb", scriptTarget),
      samples.netRow(`${name}: all tasks a second`, "ms", ({ tasks }) => tasks, "rrweb", null),
    ];
  });
}

async function memoryRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ["frames", "shadows"] as const) {
    const samples = new Samples<MemoryResult>();
    for (const engine of engines) {
      say(`${REMOVED} ${KINDS[kind]} come and go: ${engine}`);
      const result = await withSession(engine, SIZES["3.5k"], async (session) => {
        await session.start();
        return comeAndGo(session, kind, REMOVED);
      });
      samples.add(engine, result);
    }
    for (const end of ["customer", "viewer"] as const) {
      const left = `alive of ${REMOVED} removed ${KINDS[kind]}, ${end}`;
      rows.push(
        samples.row(`${left}: documents`, "", (result) => result[end].documents, "itself", 0),
        samples.row(`${left}: nodes`, "", (result) => result[end].nodes, "itself", NODES_TARGET),
      );
    }
  }
  return rows;
}

/** @throws Error when what was asked for is no time */
function minutes(): number {
  const at = process.argv.indexOf("--minutes");
  const asked = at < 0 ? SOAK_MINUTES : Number(process.argv[at + 1]);
  if (!(asked > 0)) throw new Error("--minutes wants a number above nothing");
  return asked;
}

const relay: Relay = await openRelay();
const browser: Browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
const compare = async () => [
  ...(await bundleRows()),
  ...(await lookRows()),
  ...(await growthRows()),
  ...(await activityRows()),
  ...(await memoryRows()),
];
const rows = isSoak ? await soak(browser, relay, minutes()) : await compare();
await browser.close();
await relay.close();
process.exit((await report(isSoak ? "mirror-soak" : "mirror", rows)) ? 0 : 1);
