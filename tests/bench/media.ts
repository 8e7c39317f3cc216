/**
 * What pictures cost: processor time and memory a megapixel against plain sharp doing the same, tiles of 100 megapixels,
 * and how a server fares while photos come in. `npm run bench:media` takes some minutes; `-- --quick` gives a rough idea.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { makeInputs } from "./media/inputs";
import { phoneRows } from "./media/phone-bytes";
import { readingRows, tileRows } from "./media/reading";
import { makeStudio } from "./media/studio";
import { tileFrameRows } from "./media/tile-frames";
import { crowdRows, firstPixelRows } from "./media/uploads";
import { report } from "./table";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 1 : 3;

const say = (what: string) =>
  console.log(
    `${performance.now().toFixed(0).padStart(7)} ms, machine's load ${loadavg()[0]?.toFixed(1)}: ${what}`,
  );

const folder = await mkdtemp(join(tmpdir(), "vetrina-bench-"));
say("making pictures");
const inputs = await makeInputs(folder);
const readings = [...(await readingRows(inputs, ROUNDS, say)), ...(await tileRows(inputs, say))];
say("the studio's picture as it is kept");
const studio = await makeStudio(inputs, folder);
const rows = [
  ...readings,
  ...(await phoneRows(studio, inputs, say)),
  ...(await tileFrameRows(studio, ROUNDS, say)),
  ...(await firstPixelRows(inputs, ROUNDS, say)),
  ...(await crowdRows(inputs, say)),
];
await rm(folder, { recursive: true });
process.exit((await report("media", rows)) ? 0 : 1);
