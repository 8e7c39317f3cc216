/** What reading costs, ours against plain sharp: processor time and memory a megapixel; and what tiles cost. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { median, type Row } from "../table";
import { type Inputs, PHOTO_MEGAPIXELS, photoKinds, STUDIO_MEGAPIXELS } from "./inputs";
import type { Taken } from "./read-case";

const run = promisify(execFile);
/** Of what plain sharp takes. */
const READ_TARGET = 1.15;
/** Seconds: the picture is on the panel meanwhile, and its largest size is sharp up to 2x on a large screen. */
const TILES_TARGET_S = 60;
/** Megabytes of a whole process that cuts 100 megapixels. */
const TILES_TARGET_MB = 600;

async function take(contender: string, path: string, warmUp: string): Promise<Taken> {
  const words = ["--import", "tsx", "tests/bench/media/read-case.ts", contender, path, warmUp];
  const { stdout } = await run(process.execPath, words, { env: { ...process.env, NODE_ENV: "production" } });
  return JSON.parse(stdout);
}

export async function readingRows(
  inputs: Inputs,
  rounds: number,
  say: (what: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of photoKinds) {
    const path = inputs[kind];
    const peer = kind === "heic" ? "heic-decode and sharp" : "sharp";
    const taken: Record<string, Taken[]> = { ours: [], [peer]: [] };
    for (let round = 1; round <= rounds; round++) {
      say(`reading ${kind}, ${round} of ${rounds}`);
      // They take turns, so that what else the machine does hits both.
      for (const [contender, results] of Object.entries(taken)) {
        results.push(await take(contender, path, inputs.small[kind]));
      }
    }
    const of = (contender: string, value: (each: Taken) => number) =>
      median((taken[contender] ?? []).map(value)) / PHOTO_MEGAPIXELS;
    const row = (figure: string, unit: string, value: (each: Taken) => number): Row => {
      const [ours, theirs] = [of("ours", value), of(peer, value)];
      return { figure, unit, ours, peers: { [peer]: theirs }, ratio: ours / theirs, target: READ_TARGET };
    };
    rows.push(
      row(`${kind}, 12 MP, CPU a megapixel`, "ms", ({ cpuSeconds }) => cpuSeconds * 1_000),
      row(`${kind}, 12 MP, peak memory a megapixel`, "MB", ({ grownMb }) => grownMb),
    );
  }
  return rows;
}

export async function tileRows(inputs: Inputs, say: (what: string) => void): Promise<Row[]> {
  say(`tiles of ${STUDIO_MEGAPIXELS.toFixed(0)} megapixels`);
  const taken = await take("tiles", inputs.studio, inputs.jpeg);
  const row = (figure: string, unit: string, ours: number, target: number | null): Row => ({
    ...{ figure: `tiles of 100 MP, ${figure}`, unit, ours, peers: {}, ratio: null, target },
  });
  return [
    row("time", "s", taken.seconds, TILES_TARGET_S),
    row("CPU", "s", taken.cpuSeconds, null),
    row("peak memory of the process", "MB", taken.peakMb, TILES_TARGET_MB),
  ];
}
