/**
 * Going anywhere in the film of a long conversation: 5,000 changes of its panel. The track alone, with keyframes and from
 * the beginning each time; and in a browser, from the slider's movement to the frame that shows the place.
 */
import { chromium } from "playwright-core";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import * as Y from "yjs";
import { createPanelTrack } from "@/lib/insights/replay/film/panel-track";
import { addMark, putItem } from "@/lib/panel/commands";
import { marksOf } from "@/lib/panel/schema";
import type { JournalRow } from "@/lib/protocol/film-journal";
import { itemIdSchema } from "@/lib/protocol/ids";
import { itemOf } from "../panel-harness/make-film";
import { manyMarks } from "../panel-harness/marks";
import { serveHarness } from "../panel-harness/serve";
import { openPage } from "./gesture";
import { median, report } from "./table";

const UPDATES = 5_000;
const ITEMS = 10;
const SEEKS = 200;
const PAGE_SEEKS = 20;
const SEED = 41;
/** Milliseconds that somebody who pulls a slider takes for at once. */
const TARGET_SEEK_MS = 100;

const random = xoroshiro128plus(SEED);
const below = (limit: number) => (random.next() >>> 0) % limit;
const p95 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** Ten pictures; of ten changes six draw, three move what was drawn and one erases. */
function longConversation(): JournalRow[] {
  const doc = new Y.Doc();
  const rows: JournalRow[] = [];
  doc.on("update", (update: Uint8Array) => rows.push({ at: rows.length * 500, update }));
  const origin = { name: "bench" };
  const items = Array.from({ length: ITEMS }, (_, index) => ({
    ...itemOf(1, true),
    id: itemIdSchema.parse(`bench-item-${index}`),
    order: index,
  }));
  for (const item of items) putItem(doc, origin, item);
  for (let seed = 1; rows.length < UPDATES; seed += 1) {
    const item = items[below(ITEMS)];
    if (!item) continue;
    const marks = marksOf(doc);
    const kind = below(10);
    const known = kind < 6 ? undefined : [...marks.keys()][below(Math.max(1, marks.size))];
    const mark = known === undefined ? undefined : marks.get(known);
    if (known === undefined || !(mark instanceof Y.Map)) {
      for (const one of manyMarks(1, item, seed)) addMark(doc, origin, one);
    } else if (kind < 9) mark.set("x", below(2_000));
    else marks.delete(known);
  }
  return rows;
}

/** Milliseconds of a core: what else the machine does is no part of it. */
function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

const rows = longConversation();
const track = createPanelTrack();
const loading = timed(() => track.add(rows));
const cursor = track.open();
const places = Array.from({ length: SEEKS }, () => below(UPDATES + 1));
const seeks = places.map((place) => timed(() => cursor.seek(place)));
const plain = places.map((place) =>
  timed(() => {
    const doc = new Y.Doc();
    for (const { update } of rows.slice(0, place)) Y.applyUpdate(doc, update);
  }),
);
const bytes = rows.reduce((sum, { update }) => sum + update.length, 0);

const server = await serveHarness("film-page.tsx");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  const opening = performance.now();
  const page = await openPage(browser, `${server.url}/?strokes=${UPDATES}`);
  await page.locator("[data-testid=film-slider]").waitFor();
  const opened = performance.now() - opening;
  const shown = await page.evaluate(
    async (places) => {
      const slider = document.querySelector<HTMLInputElement>("[data-testid=film-slider]");
      const { filmHarness } = globalThis as unknown as {
        filmHarness: { toFilm(at: number): number; strokesAt: number[]; mostMarks: number };
      };
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      for (const place of places) {
        const at = filmHarness.strokesAt[place] ?? 0;
        const position = String(filmHarness.toFilm(at) + 1);
        const start = performance.now();
        if (slider) slider.value = position;
        slider?.dispatchEvent(new Event("input", { bubbles: true }));
        const wanted = String(Math.min(place + 1, filmHarness.mostMarks));
        while (document.querySelector("[data-testid=panel-stage]")?.getAttribute("data-marks") !== wanted)
          await frame();
        // The frame after it is the one that was painted with it.
        await frame();
        times.push(performance.now() - start);
      }
      return times;
    },
    places.slice(0, PAGE_SEEKS).map((place) => Math.min(place, UPDATES - 1)),
  );
  const figures = (
    figure: string,
    values: readonly number[],
    peer: readonly number[],
    target: number | null,
  ) => [
    {
      ...{ figure: `${figure}, median`, unit: "ms", ours: median(values), ratio: null, target },
      peers: peer.length === 0 ? {} : { "from the beginning": median(peer) },
    },
    {
      ...{ figure: `${figure}, 95 of 100`, unit: "ms", ours: p95(values), ratio: null, target: null },
      peers: peer.length === 0 ? {} : { "from the beginning": p95(peer) },
    },
  ];
  const one = (figure: string, unit: string, ours: number) => ({
    ...{ figure, unit, ours, peers: {}, ratio: null, target: null },
  });
  const holds = await report("replay", [
    one(`journal of ${UPDATES} changes`, "KB", bytes / 1_024),
    one("its keyframes", "KB", track.keyframeBytes / 1_024),
    one("taking the journal in", "ms", loading),
    ...figures(`a seek in ${UPDATES} changes, document`, seeks, plain, TARGET_SEEK_MS),
    one(`the player with ${UPDATES} strokes on one picture, open`, "ms", opened),
    ...figures("a seek in it, until it is seen", shown, [], null),
  ]);
  process.exitCode = holds ? 0 : 1;
} finally {
  await browser.close();
  await server.close();
}
